import { PaperClipOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../../../domain/forms/form.ts';
import type { MailProblem, Origin } from '../../../../domain/forms/origin.ts';
import { momentText } from '../../../app/i18n/format.ts';
import { useLanguage } from '../../../app/parts/use-language.ts';
import { useNow } from '../../../app/parts/use-now.ts';

interface MailSourceProps {
  readonly form: Form;
  readonly origin: Extract<Origin, { via: 'e-mail' | 'web-message' }>;
}

/** A mail or a web message as plain text, with every answer that came later (A4); never as HTML. */
export const MailSource = ({ form, origin }: MailSourceProps) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useNow(false);
  const first =
    origin.via === 'e-mail'
      ? { from: addressOf(origin), subject: origin.subject, problem: origin.problem }
      : { from: origin.name ? `${origin.name} · ${origin.contact}` : origin.contact, subject: '', problem: null };
  return (
    <div className="mail-source">
      <article className="mail" data-testid="mail">
        <MailHead {...first} at={momentText(origin.receivedAt, now, language)} />
        <p className="mail-text" data-testid="mail-text">
          {firstText(form, origin) || t('mail.noText')}
        </p>
        {form.attachments.length > 0 && (
          <ul className="mail-files">
            {form.attachments.map((one) => (
              <li key={one.id} className="pill">
                <PaperClipOutlined aria-hidden="true" /> {one.name}
              </li>
            ))}
          </ul>
        )}
      </article>
      {form.received.map((one) => (
        <article key={one.operation} className="mail mail-answer" data-testid="mail-answer">
          <MailHead
            from={addressOf(one)}
            subject={one.subject}
            problem={one.problem}
            at={momentText(one.receivedAt, now, language)}
          />
          <p className="mail-text">{one.text || t('mail.noText')}</p>
        </article>
      ))}
    </div>
  );
};

interface MailHeadProps {
  readonly from: string;
  readonly subject: string;
  readonly problem: MailProblem | null;
  readonly at: string;
}

const MailHead = ({ from, subject, problem, at }: MailHeadProps) => {
  const { t } = useTranslation();
  return (
    <>
      <dl className="mail-head">
        <dt>{t('mail.from')}</dt>
        <dd>{from || t('mail.noSender')}</dd>
        {subject !== '' && <dt>{t('mail.subject')}</dt>}
        {subject !== '' && (
          <dd>
            <strong>{subject}</strong>
          </dd>
        )}
        <dt>{t('mail.received')}</dt>
        <dd className="digits">{at}</dd>
      </dl>
      {problem && (
        <p className="call-note note-bad" data-testid="mail-problem" data-value={problem.code}>
          <WarningOutlined aria-hidden="true" /> {t(`problem.${problem.code}`)}
          {problem.detail && <span className="mail-detail">{problem.detail}</span>}
        </p>
      )}
    </>
  );
};

const addressOf = ({ from, fromName }: { readonly from: string; readonly fromName: string }): string =>
  fromName ? `${fromName} <${from}>` : from;

/** As it came in: what the clerk has changed in the form's own text since is taken back. */
const firstText = (form: Form, origin: MailSourceProps['origin']): string => {
  const firstChange = form.history.flatMap((entry) => entry.changes ?? []).find((change) => change.field === 'text');
  return (firstChange ? firstChange.from : form.fields.text) || ('excerpt' in origin ? origin.excerpt : '');
};
