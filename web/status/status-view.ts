import type { StatusAnswer } from '../../contract/web.ts';
import type { Centre, Refused } from '../centre.ts';
import { element, make } from '../elements.ts';
import { fieldWord, refusalText } from '../message/message-form.ts';
import { dateAndTime, onLanguageChanged, say } from '../words.ts';

/** A4: how far a message is, what the hotline asks about it, and the answers. */
export const wireStatusView = (centre: Centre): { readonly show: (token: string) => void } => {
  const loading = element('status-loading', HTMLElement);
  const problem = element('status-problem', HTMLElement);
  const body = element('status-body', HTMLElement);
  const list = element('questions', HTMLUListElement);
  const sent = element('answer-sent', HTMLElement);
  let token = '';
  let status: StatusAnswer | undefined;
  let refusal: Refused | undefined;
  let answered = false;
  /** What was typed and not sent yet, by question. */
  const drafts = new Map<string, string>();

  const render = (): void => {
    problem.textContent = refusal ? refusalText(refusal) : '';
    sent.textContent = answered ? say('answerSent') : '';
    body.hidden = !status;
    if (!status) return;
    element('status-number', HTMLElement).textContent = status.number;
    element('status-opened', HTMLElement).textContent = dateAndTime(status.openedAt);
    element('status-progress', HTMLElement).textContent = say(`progress.${status.progress}`);
    const isAsked = status.questions.some(({ answer }) => answer === null);
    element('questions-heading', HTMLElement).textContent = say(isAsked ? 'questions' : 'noQuestions');
    list.replaceChildren(...status.questions.map(questionItem));
  };

  const questionItem = (question: StatusAnswer['questions'][number]): HTMLElement => {
    const item = make('li', '', { class: 'question' });
    item.append(make('p', say('asked', { time: dateAndTime(question.askedAt) }), { class: 'hint' }));
    item.append(make('p', question.text, { 'data-testid': 'question' }));
    if (question.answer) {
      const time = dateAndTime(question.answer.at);
      item.append(make('p', say('answered', { time }), { class: 'hint' }), make('p', question.answer.text));
    } else item.append(answerForm(question.id));
    return item;
  };

  const answerForm = (question: string): HTMLElement => {
    const form = make('form', '', { novalidate: '' });
    const id = `answer-${question}`;
    const text = make('textarea', '', {
      id,
      rows: '4',
      'aria-describedby': `${id}-problem`,
      'data-testid': 'answer-text',
    });
    text.value = drafts.get(question) ?? '';
    text.addEventListener('input', () => drafts.set(question, text.value));
    const complaint = make('p', '', { id: `${id}-problem`, class: 'problem' });
    const send = make('button', say('sendAnswer'), { type: 'submit', class: 'button', 'data-testid': 'answer-send' });
    form.append(make('label', say('yourAnswer'), { for: id, class: 'label' }), text, complaint, send);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (send.getAttribute('aria-disabled') === 'true') return;
      if (text.value.trim() === '') {
        complaint.textContent = say('field.missing');
        text.setAttribute('aria-invalid', 'true');
        text.focus();
        return;
      }
      send.setAttribute('aria-disabled', 'true');
      void sendAnswer(question, text.value, (field) => {
        send.setAttribute('aria-disabled', 'false');
        if (field === undefined) return;
        complaint.textContent = say(fieldWord(field));
        text.setAttribute('aria-invalid', 'true');
      });
    });
    return form;
  };

  const sendAnswer = async (question: string, text: string, onRefused: (field?: string) => void): Promise<void> => {
    const answer = await centre.answer({ token, question, text });
    if (answer.ok) {
      drafts.delete(question);
      status = answer.value;
      refusal = undefined;
      answered = true;
      render();
      return;
    }
    onRefused(answer.error.fields?.['answer']);
    problem.textContent = refusalText(answer.error);
  };

  const load = async (): Promise<void> => {
    const asked = token;
    loading.textContent = say('loading');
    const answer = await centre.status(asked);
    if (asked !== token) return;
    loading.textContent = '';
    answered = false;
    refusal = answer.ok ? undefined : answer.error;
    if (answer.ok) status = answer.value;
    render();
  };

  element('status-refresh', HTMLButtonElement).addEventListener('click', () => void load());
  onLanguageChanged(render);
  return {
    show: (given) => {
      if (given !== token) status = undefined;
      token = given;
      render();
      void load();
    },
  };
};
