import { emptyComplaint } from '../../domain/forms/complaint.ts';
import type {} from '../../renderer/app/bridge.ts';
import type { Desk } from './launch-desk.ts';

/** Opens a complaint over the desk's own bridge; its id. */
export const formAtDesk = (desk: Desk): Promise<string> =>
  desk.deskPage.evaluate(async (fields) => {
    const opened = await window.desk.request('form.open', { kind: 'complaint', fields });
    if (!opened.ok) throw new Error(opened.error.code);
    return opened.value.form.id;
  }, emptyComplaint);

/** Adds a note; true once the desk has acknowledged it. */
export const noteAtDesk = (desk: Desk, form: string, text: string): Promise<boolean> =>
  desk.deskPage.evaluate(
    async (note) => {
      const done = await window.desk.request('form.perform', {
        kind: 'form.note',
        form: note.form,
        payload: { text: note.text },
      });
      return done.ok;
    },
    { form, text },
  );

/** Changes the desk's language and waits until the screen speaks it. */
export const showIn = async (desk: Desk, language: 'zh' | 'en'): Promise<void> => {
  await desk.deskPage.evaluate(
    (interfaceLanguage) => window.desk.request('settings.write', { interfaceLanguage }),
    language,
  );
  await desk.deskPage.waitForFunction((wanted) => document.documentElement.lang.startsWith(wanted), language);
};
