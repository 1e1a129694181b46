import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Paper } from '../../contract/paper.ts';
import { dateTimeText } from './date-time-text.ts';
import { QrCode } from './qr-code.tsx';

interface SheetProps {
  readonly paper: Paper;
  readonly title: string;
  readonly children: ReactNode;
}

/** What every sheet has: what it is, its number to be read and scanned, who printed it when, what is masked on it. */
export const Sheet = ({ paper, title, children }: SheetProps) => {
  const { t } = useTranslation();
  const { form, printedBy, printedAt, masked } = paper;
  return (
    <article>
      <header className="sheet-head">
        <div>
          <p className="sheet-house">{t('paper.house')}</p>
          <h1>{title}</h1>
          <p className="sheet-number">{form.number}</p>
        </div>
        <QrCode text={form.number} />
      </header>
      {children}
      <footer className="sheet-foot">
        <p>{t('paper.printed', { by: printedBy, at: dateTimeText(printedAt) })}</p>
        {masked.length > 0 && <p>{t('paper.masked')}</p>}
      </footer>
    </article>
  );
};

/** A heading with what stands below it, kept together where it fits; nothing where there is nothing. */
export const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="sheet-part">
    <h2>{title}</h2>
    {children}
  </section>
);

/** Names and values beside one another; those without a value are left out. */
export const Facts = ({ facts }: { readonly facts: readonly (readonly [string, string])[] }) => (
  <dl className="sheet-facts">
    {facts
      .filter(([, value]) => value !== '')
      .map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);
