import type { Language } from '../../../domain/access/language.ts';
import { useDeskSelector } from '../store/store.ts';

export const useLanguage = (): Language => useDeskSelector((state) => state.desk.settings?.interfaceLanguage ?? 'zh');
