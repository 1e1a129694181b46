import { v7 as uuidV7 } from 'uuid';
import type { MessageAnswer } from '../../contract/web.ts';
import { readWebMessage, type TypedMessage, webMessageLimits } from '../../domain/intake/web-message.ts';
import type { Centre, Refused } from '../centre.ts';
import { element } from '../elements.ts';
import type { TicketKeeper } from '../ticket-keeper.ts';
import { currentLanguage, onLanguageChanged, say, type WordKey } from '../words.ts';
import { wireFiles } from './chosen-files.ts';
import { blankMessage, type Drafts } from './draft.ts';
import { sendMessage } from './send-message.ts';

/** Brings the message form to life: what is typed is kept, checked field by field, and sent once. */
export const wireMessageForm = (parts: {
  readonly centre: Centre;
  readonly tickets: TicketKeeper;
  readonly drafts: Drafts;
  readonly onSent: (answer: MessageAnswer) => void;
}): void => {
  const { drafts } = parts;
  const form = element('message-form', HTMLFormElement);
  const send = element('send', HTMLButtonElement);
  const notice = element('message-problem', HTMLElement);
  const contact = element('contact', HTMLInputElement);
  const contactLabel = element('contact-label', HTMLLabelElement);
  const text = element('text', HTMLTextAreaElement);
  const textLeft = element('text-left', HTMLElement);
  let key = drafts.read()?.key ?? uuidV7();
  let sending = false;
  /** Says again what stands on the screen, in the language of now. */
  let sayAgain = (): void => undefined;

  const typed = (): TypedMessage => {
    const data = new FormData(form);
    const value = (name: keyof TypedMessage): string => String(data.get(name) ?? '');
    return {
      kind: value('kind'),
      name: value('name'),
      contactBy: value('contactBy'),
      contact: value('contact'),
      text: value('text'),
    };
  };
  const fill = (message: TypedMessage): void => {
    for (const [name, value] of Object.entries(message)) {
      const control = form.elements.namedItem(name);
      if (control instanceof RadioNodeList || control instanceof HTMLInputElement) control.value = value;
      else if (control instanceof HTMLTextAreaElement) control.value = value;
    }
    showContactWay();
    showLength();
  };
  const keep = (): void => drafts.keep({ key, ...typed(), hadFiles: files.all().length > 0 });

  const showContactWay = (): void => {
    const byMail = typed().contactBy === 'e-mail';
    const word: WordKey = byMail ? 'contactEmail' : 'contactPhone';
    contactLabel.dataset['word'] = word;
    contactLabel.textContent = say(word);
    contact.type = byMail ? 'email' : 'tel';
    contact.autocomplete = byMail ? 'email' : 'tel';
  };
  const showLength = (): void => {
    const left = webMessageLimits.text - text.value.trim().length;
    textLeft.classList.toggle('over', left < 0);
    textLeft.textContent = say(left < 0 ? 'textOver' : 'textLeft', { count: String(Math.abs(left)) });
  };
  const showProblems = (problems: Readonly<Record<string, string>>): void => {
    for (const node of form.querySelectorAll<HTMLElement>('[data-problem]')) {
      const name = node.dataset['problem'] ?? '';
      const problem = problems[name];
      node.textContent = problem === undefined ? '' : say(fieldWord(problem));
      const control = form.elements.namedItem(name);
      if (!(control instanceof HTMLElement)) continue;
      if (problem === undefined) control.removeAttribute('aria-invalid');
      else control.setAttribute('aria-invalid', 'true');
    }
  };
  const complain = (problems: Readonly<Record<string, string>>, said: () => string): void => {
    sayAgain = () => {
      showProblems(problems);
      notice.textContent = said();
    };
    sayAgain();
    const first = form.querySelector<HTMLElement>('[aria-invalid="true"]');
    (first ?? notice).focus();
  };
  const quiet = (): void => {
    sayAgain = () => undefined;
    showProblems({});
    notice.textContent = '';
  };
  const busy = (now: boolean): void => {
    sending = now;
    send.setAttribute('aria-disabled', String(now));
    send.dataset['word'] = now ? 'sending' : 'send';
    send.textContent = say(now ? 'sending' : 'send');
  };

  const submit = async (): Promise<void> => {
    const message = typed();
    const checked = readWebMessage(message);
    if (!checked.ok) {
      const count = String(Object.keys(checked.error).length);
      return complain(checked.error, () => say('checkFields', { count }));
    }
    quiet();
    busy(true);
    const website = String(new FormData(form).get('website') ?? '');
    const whole = { ...message, key, language: currentLanguage(), website };
    const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    const answer = await sendMessage({ ...parts, wait }, whole, files.all());
    busy(false);
    if (!answer.ok) return complain(answer.error.fields ?? {}, () => refusalText(answer.error));
    drafts.clear();
    key = uuidV7();
    fill(blankMessage);
    files.clear();
    drafts.clear();
    parts.onSent(answer.value);
  };

  const files = wireFiles({
    onChanged: keep,
    onProblem: (problem) => {
      notice.textContent = problem;
    },
  });
  form.addEventListener('input', () => {
    showContactWay();
    showLength();
    keep();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    // A button that is disabled would lose the focus.
    if (!sending) void submit();
  });
  onLanguageChanged(() => {
    showContactWay();
    showLength();
    sayAgain();
  });

  const kept = drafts.read();
  fill(kept ?? blankMessage);
  if (kept?.hadFiles === true) notice.textContent = say('filesAgain');
};

export const refusalText = ({ code, file }: Refused): string =>
  say(`error.${code}`, file === undefined ? {} : { file });

const fieldWords: ReadonlyMap<string, WordKey> = new Map([
  ['missing', 'field.missing'],
  ['too-long', 'field.too-long'],
  ['not-a-number', 'field.not-a-number'],
  ['not-an-address', 'field.not-an-address'],
]);

export const fieldWord = (problem: string): WordKey => fieldWords.get(problem) ?? 'field.not-offered';
