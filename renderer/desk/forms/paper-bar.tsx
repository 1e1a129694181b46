import { FilePdfOutlined, PrinterOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../../domain/forms/form.ts';
import { KeyButton } from '../../app/parts/key-button.tsx';
import { useHotKeys } from '../../app/parts/use-hot-keys.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { printPaper, savePdf } from '../../app/store/put-on-paper.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { PaperNote } from './paper-note.tsx';
import { usePaper } from './use-paper.ts';

/** The form, or one of its orders, onto paper or into a PDF. */
export const PaperBar = ({ form }: { readonly form: Form }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const dispatch = useDeskDispatch();
  const [order, setOrder] = useState<string | null>(null);
  const [state, run] = usePaper();
  const departments = useDeskSelector(({ desk }) => desk.sync.procedureRules.departments);
  const { orders } = form.procedure;
  const asked = { form: form.id, order: orders.some(({ id }) => id === order) ? order : null };
  const print = (): void => run(() => dispatch(printPaper(asked)));
  const save = (): void => run(() => dispatch(savePdf(asked)));
  useHotKeys({ print, 'save-pdf': save });
  const nameOf = (department: string): string =>
    departments.find(({ code }) => code === department)?.[language] ?? department;
  return (
    <div className="paper-bar">
      {orders.length > 0 && (
        <select
          className="choice"
          aria-label={t('paper.what')}
          value={asked.order ?? ''}
          onChange={(event) => setOrder(event.target.value === '' ? null : event.target.value)}
          data-testid="paper-what"
        >
          <option value="">{t('paper.wholeForm')}</option>
          {orders.map(({ id, type, department }) => (
            <option key={id} value={id}>
              {t(`paper.order.${type}`)} {nameOf(department)}
            </option>
          ))}
        </select>
      )}
      <KeyButton hotKey="print" testId="paper-print" size="small" icon={<PrinterOutlined />} onClick={print}>
        {t('paper.print')}
      </KeyButton>
      <KeyButton hotKey="save-pdf" testId="paper-pdf" size="small" icon={<FilePdfOutlined />} onClick={save}>
        {t('paper.savePdf')}
      </KeyButton>
      <PaperNote state={state} />
    </div>
  );
};
