import type { DeskBridge, Session, Settings } from '../../../contract/ipc.ts';
import type { Language } from '../../../domain/access/language.ts';
import { type LoginProblem, loginWords } from './login-words.ts';

const element = <Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind => {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`desk.html has no ${kind.name} #${id}`);
  return found;
};

export interface Login {
  /** Shows the screen in these settings, ready to type in. */
  readonly show: (settings: Pick<Settings, 'interfaceLanguage'>) => void;
  /** The language on screen, without moving the focus from where somebody types. */
  readonly speak: (language: Language) => void;
  readonly hide: () => void;
}

/**
 * Brings the log-in screen that stands in desk.html to life. It is plain DOM: the screen an agent
 * waits for at the start of a shift must not wait for the rest of the desk.
 */
export const wireLogin = (bridge: DeskBridge, onSignedIn: (session: Session) => void): Login => {
  const screen = element('login', HTMLElement);
  const form = element('login-form', HTMLFormElement);
  const staffNumber = element('login-staff-number', HTMLInputElement);
  const password = element('login-password', HTMLInputElement);
  const problem = element('login-problem', HTMLElement);
  const submit = element('login-submit', HTMLButtonElement);
  const languageButtons = [...screen.querySelectorAll<HTMLButtonElement>('button[data-language]')];
  let language: Language = 'zh';
  let shownProblem: { readonly code: LoginProblem; readonly file?: string } | null = null;

  const say = (shown: typeof shownProblem): void => {
    shownProblem = shown;
    const words = loginWords[language];
    const saved = shown?.file === undefined ? '' : ` ${words.savedTo}${shown.file}`;
    problem.textContent = shown ? `${words.problem[shown.code]}${saved}` : '';
    const code = shown?.code;
    const invalid = code === 'wrong-password' || code === 'empty';
    staffNumber.setAttribute('aria-invalid', String(invalid));
    password.setAttribute('aria-invalid', String(invalid));
  };

  const speak = (next: Language): void => {
    language = next;
    const words = loginWords[next];
    document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
    for (const node of screen.querySelectorAll<HTMLElement>('[data-word]')) {
      const word = words[node.dataset['word'] as keyof typeof words];
      if (typeof word === 'string') node.textContent = word;
    }
    screen.querySelector('[data-word-label]')?.setAttribute('aria-label', words.languages);
    for (const button of languageButtons) {
      button.setAttribute('aria-pressed', String(button.dataset['language'] === next));
    }
    say(shownProblem);
  };

  const setBusy = (busy: boolean): void => {
    submit.disabled = busy;
    submit.textContent = busy ? loginWords[language].submitting : loginWords[language].submit;
  };

  const signIn = async (): Promise<void> => {
    if (!staffNumber.value.trim() || !password.value) {
      say({ code: 'empty' });
      (staffNumber.value.trim() ? password : staffNumber).focus();
      return;
    }
    say(null);
    setBusy(true);
    try {
      const answer = await bridge.request('session.sign-in', {
        staffNumber: staffNumber.value,
        password: password.value,
      });
      if (answer.ok) {
        password.value = '';
        onSignedIn(answer.value);
      } else {
        say(answer.error);
        password.select();
      }
    } catch {
      say({ code: 'unanswered' });
    } finally {
      setBusy(false);
    }
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void signIn();
  });
  for (const button of languageButtons) {
    button.addEventListener('click', () => {
      const chosen = button.dataset['language'] === 'en' ? 'en' : 'zh';
      speak(chosen);
      // Said again when it is kept: what main answered meanwhile may have been the language before.
      void bridge.request('settings.write', { interfaceLanguage: chosen }).then(() => speak(chosen));
    });
  }

  return {
    show: (settings) => {
      speak(settings.interfaceLanguage);
      screen.hidden = false;
      (staffNumber.value ? password : staffNumber).focus();
    },
    speak,
    hide: () => {
      screen.hidden = true;
    },
  };
};
