import { type Language, languageOfKey, languages } from '../language.ts';
import { serviceMenu, services } from '../services.ts';
import type { MenuPhase, VoiceCall } from '../voice-call.ts';
import { promptIn } from '../voice-prompts.ts';
import { menuState } from './menu-state.ts';
import { type Cell, go, over, type States, say } from './state.ts';
import { toAgent } from './to-agent.ts';

/** Nobody has chosen a language yet, so each language names its own key. */
const languageMenu = languages.map((language) => promptIn(language, 'choose-language'));

const speak =
  (language: Language): Cell =>
  (call) =>
    go(call, 'service', { set: { language } });

const languageKeys = Object.fromEntries(
  ['1', '2'].flatMap((key) => {
    const language = languageOfKey(key);
    return language ? [[key, speak(language)]] : [];
  }),
);

const serviceKeys: Readonly<Record<string, Cell<'key'>>> = Object.fromEntries(
  services.map((service) => {
    const { key, reachedBy } = serviceMenu[service];
    const reach: Cell<'key'> = (call) =>
      reachedBy === 'agent'
        ? toAgent(call, { service })
        : go(call, 'number', { set: { service, entry: { purpose: reachedBy, digits: '', entries: 0 } } });
    return [key, reach];
  }),
);

/** A caller who cannot key is not sent away: three silences mean Chinese, three more an agent. */
export const menuStates: States<MenuPhase> = {
  arrived: {
    on: {
      answered: (call) => go(call, 'language', { saying: languages.map((language) => promptIn(language, 'welcome')) }),
      'caller-gone': over,
    },
  },
  language: menuState({
    says: () => languageMenu,
    keys: languageKeys,
    complains: () => languages.map((language) => promptIn(language, 'invalid-key')),
    givenUp: (call) => speak(call.language)(call, { type: 'silence' }),
  }),
  service: menuState({
    says: (call: VoiceCall) => say(call, 'service-menu'),
    keys: serviceKeys,
    givenUp: (call) => toAgent(call),
  }),
};
