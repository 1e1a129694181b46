import './no-made-code.ts';

import { wireCallView } from './call/call-view.ts';
import { centre } from './centre.ts';
import { element } from './elements.ts';
import { createDrafts } from './message/draft.ts';
import { wireMessageForm } from './message/message-form.ts';
import { wireSentNote } from './message/sent-note.ts';
import { wireStatusView } from './status/status-view.ts';
import { createTicketKeeper } from './ticket-keeper.ts';
import { type Language, speak } from './words.ts';

const storage = (): Storage | undefined => {
  try {
    return window.sessionStorage;
  } catch {
    // Refused by the browser's settings: the page works, and keeps no draft.
    return undefined;
  }
};

const box = storage();
const languageName = 'zuoxi.language';

const languageOf = (value: string | null | undefined): Language | undefined =>
  value === 'zh' || value === 'en' ? value : undefined;

/** Chinese first: another language where the link or the visitor says so, or the browser knows no Chinese. */
const firstLanguage = (): Language =>
  languageOf(new URLSearchParams(location.search).get('lang')) ??
  languageOf(box?.getItem(languageName)) ??
  (navigator.languages.some((one) => /^zh\b/i.test(one)) || !navigator.language.startsWith('en') ? 'zh' : 'en');

const wireLanguages = (): void => {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('button[data-language]')];
  const change = (next: Language): void => {
    speak(next);
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset['language'] === next));
  };
  for (const button of buttons) {
    button.addEventListener('click', () => {
      const next = languageOf(button.dataset['language']) ?? 'zh';
      change(next);
      try {
        box?.setItem(languageName, next);
      } catch {
        return;
      }
    });
  }
  change(firstLanguage());
};

const views = ['message', 'call', 'status'] as const;
type View = (typeof views)[number];

const wireViews = (onStatus: (token: string) => void): void => {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a[data-way]')];
  const show = (moved: boolean): void => {
    const [name, token = ''] = location.hash.slice(1).split('=');
    const view: View = views.find((one) => one === name) ?? 'message';
    for (const one of views) element(`${one}-view`, HTMLElement).hidden = one !== view;
    for (const link of links) {
      if (link.dataset['way'] === view) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    if (view === 'status') onStatus(token);
    if (moved) element(`${view}-heading`, HTMLElement).focus();
  };
  addEventListener('hashchange', () => show(true));
  show(false);
};

const tickets = createTicketKeeper(centre);
const note = wireSentNote();
const status = wireStatusView(centre);
wireMessageForm({ centre, tickets, drafts: createDrafts(box), onSent: note.show });
wireCallView({ centre, tickets });
wireLanguages();
wireViews(status.show);
// Its age is what tells a person from a program.
void tickets.current();
