import type { CallAction } from '../desk/call/calls.ts';

export type HotKeyAction =
  | CallAction
  | 'toggle-ready'
  | 'new-form'
  | 'call-form'
  | 'guide'
  | 'search'
  | 'save'
  | 'unmask'
  | 'print'
  | 'save-pdf'
  | 'export'
  | 'sync'
  | 'help'
  | InboxAction
  | PlayerAction
  | ScanAction
  | KnowledgeAction
  | HandOnAction;

type InboxAction = 'inbox' | 'claim' | 'release' | 'call-back' | 'take' | 'put-back';
type PlayerAction = 'play' | 'back' | 'faster';
type ScanAction = 'page-on' | 'page-back' | 'zoom-in' | 'zoom-out' | 'turn';

type KnowledgeAction = 'knowledge' | 'close-knowledge' | 'article-language' | 'use-article' | 'hard-case' | 'articles';

type HandOnAction = 'hand-on-join' | 'hand-on-back' | 'rate';

interface HotKey {
  /** `KeyboardEvent.key`, lower case. */
  readonly key: string;
  readonly ctrl: boolean;
  /** As shown to the agent. */
  readonly label: string;
}

export const hotKeys: Readonly<Record<HotKeyAction, HotKey>> = {
  answer: { key: 'f2', ctrl: false, label: 'F2' },
  'hang-up': { key: 'f3', ctrl: false, label: 'F3' },
  hold: { key: 'f4', ctrl: false, label: 'F4' },
  mute: { key: 'f6', ctrl: false, label: 'F6' },
  'toggle-ready': { key: 'f8', ctrl: false, label: 'F8' },
  'call-form': { key: 'f9', ctrl: false, label: 'F9' },
  guide: { key: 'g', ctrl: true, label: 'Ctrl+G' },
  'new-form': { key: 'n', ctrl: true, label: 'Ctrl+N' },
  search: { key: 'k', ctrl: true, label: 'Ctrl+K' },
  save: { key: 's', ctrl: true, label: 'Ctrl+S' },
  unmask: { key: 'f12', ctrl: false, label: 'F12' },
  print: { key: 'p', ctrl: true, label: 'Ctrl+P' },
  'save-pdf': { key: 't', ctrl: true, label: 'Ctrl+T' },
  export: { key: 'o', ctrl: true, label: 'Ctrl+O' },
  sync: { key: 'f5', ctrl: false, label: 'F5' },
  help: { key: '?', ctrl: false, label: '?' },
  inbox: { key: 'i', ctrl: true, label: 'Ctrl+I' },
  claim: { key: 'c', ctrl: false, label: 'C' },
  release: { key: 'r', ctrl: false, label: 'R' },
  take: { key: 't', ctrl: false, label: 'T' },
  'put-back': { key: 'p', ctrl: false, label: 'P' },
  'call-back': { key: 'd', ctrl: true, label: 'Ctrl+D' },
  play: { key: 'f10', ctrl: false, label: 'F10' },
  back: { key: 'f7', ctrl: false, label: 'F7' },
  faster: { key: 'f11', ctrl: false, label: 'F11' },
  'page-on': { key: 'pagedown', ctrl: true, label: 'Ctrl+PgDn' },
  'page-back': { key: 'pageup', ctrl: true, label: 'Ctrl+PgUp' },
  'zoom-in': { key: '=', ctrl: true, label: 'Ctrl+=' },
  'zoom-out': { key: '-', ctrl: true, label: 'Ctrl+-' },
  turn: { key: 'r', ctrl: true, label: 'Ctrl+R' },
  knowledge: { key: 'f1', ctrl: false, label: 'F1' },
  'close-knowledge': { key: 'f1', ctrl: true, label: 'Ctrl+F1' },
  'article-language': { key: 'l', ctrl: true, label: 'Ctrl+L' },
  'use-article': { key: 'u', ctrl: true, label: 'Ctrl+U' },
  'hard-case': { key: 'h', ctrl: true, label: 'Ctrl+H' },
  articles: { key: 'e', ctrl: true, label: 'Ctrl+E' },
  'hand-on-join': { key: 'j', ctrl: true, label: 'Ctrl+J' },
  'hand-on-back': { key: 'b', ctrl: true, label: 'Ctrl+B' },
  rate: { key: 'm', ctrl: true, label: 'Ctrl+M' },
};

export const hotKeyActions = Object.keys(hotKeys) as readonly HotKeyAction[];

/** As the help shows them: each key once. */
export const hotKeyGroups = {
  call: ['answer', 'hang-up', 'hold', 'mute', 'toggle-ready', 'call-form', 'guide'],
  forms: ['new-form', 'search', 'save', 'unmask', 'print', 'save-pdf', 'export', 'sync', 'help'],
  inbox: ['inbox', 'claim', 'release', 'take', 'put-back', 'call-back'],
  player: ['play', 'back', 'faster'],
  scan: ['page-on', 'page-back', 'zoom-in', 'zoom-out', 'turn'],
  knowledge: ['knowledge', 'close-knowledge', 'article-language', 'use-article', 'hard-case', 'articles'],
  handOn: ['hand-on-join', 'hand-on-back', 'rate'],
} as const satisfies Readonly<Record<string, readonly HotKeyAction[]>>;

interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly repeat: boolean;
}

/** What a key press asks for; `typing` where the focus is in a field, in which a plain sign is text. */
export const hotKeyOf = (pressed: PressedKey, typing: boolean): HotKeyAction | null => {
  // A key held down must not answer and then hang up.
  if (pressed.repeat || pressed.altKey) return null;
  const key = pressed.key.toLowerCase();
  const ctrl = pressed.ctrlKey || pressed.metaKey;
  if (typing && !ctrl && key.length === 1) return null;
  return hotKeyActions.find((one) => hotKeys[one].key === key && hotKeys[one].ctrl === ctrl) ?? null;
};

/** Whether the focus is where an agent writes, or where letters choose. */
export const isTyping = (focused: Element | null): boolean =>
  focused instanceof HTMLElement &&
  (focused.isContentEditable ||
    focused instanceof HTMLTextAreaElement ||
    focused instanceof HTMLSelectElement ||
    focused instanceof HTMLInputElement);
