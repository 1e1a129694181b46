import { BellOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { FormSummary } from '../../../contract/ipc.ts';
import { clockTime, momentText } from '../../app/i18n/format.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { openEntry } from '../../app/store/work-inbox.ts';
import { CameIcon } from './came-icon.tsx';
import { cameBy, originFacts, problemOf } from './origin-facts.ts';
import { waitedText } from './waited-text.ts';
import { WorkState } from './work-state.tsx';

/** One entry of an inbox: what, from whom, since when, and how it stands. */
export const InboxRow = ({ form, now }: { readonly form: FormSummary; readonly now: number }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const dispatch = useDeskDispatch();
  const current = useDeskSelector((state) => state.editor.openForm === form.id);
  const staffNumber = useDeskSelector((state) => state.desk.session?.person.staffNumber ?? '');
  const { origin, work } = form;
  const came = cameBy(origin);
  const facts = originFacts(origin);
  const problem = problemOf(origin);
  const waitingSince = work.state === 'waiting' ? work.since : work.state === 'claimed' ? work.waitingSince : null;
  const notYet = form.nextTryAt !== null && form.nextTryAt > now ? form.nextTryAt : null;
  return (
    <li>
      <button
        type="button"
        className="row"
        aria-current={current}
        onClick={() => void dispatch(openEntry(form.id))}
        data-testid="inbox-row"
        data-form={form.id}
      >
        <span className="row-top">
          <span className="row-came">
            <CameIcon came={came} /> {t(`came.${came}`)}
            {facts.lengthMs !== null && <span className="digits"> {clockTime(facts.lengthMs)}</span>}
          </span>
          {waitingSince !== null && (
            <span className="digits row-waited">{t('inbox.waited', { time: waitedText(t, now - waitingSince) })}</span>
          )}
        </span>
        <span className="row-who">
          <strong className="digits">{form.callerName || facts.from || t('call.withheld')}</strong>
          <span className="digits quiet row-number">{form.number}</span>
        </span>
        <span className="row-excerpt">{facts.subject || form.excerpt || t(`inbox.noText.${noTextOf(came)}`)}</span>
        <span className="row-tags">
          <WorkState work={work} tentative={form.tentative} staffNumber={staffNumber} />
          {facts.service && (
            <span className="pill" title={t(`service.${facts.service}`)}>
              {facts.service}
            </span>
          )}
          {facts.language && <span className="pill">{t(`language.${facts.language}`)}</span>}
          {notYet !== null && (
            <span className="pill">{t('callback.notBefore', { at: momentText(notYet, now, language) })}</span>
          )}
          {problem && (
            <span className="pill pill-bad">
              <WarningOutlined aria-hidden="true" /> {t(`problem.${problem}`)}
            </span>
          )}
          {!problem && form.problem && (
            <span className="pill pill-bad">
              <WarningOutlined aria-hidden="true" /> {t('problem.other')}
            </span>
          )}
          {form.remindAt !== null && form.remindAt <= now && (
            <span className="pill pill-warn">
              <BellOutlined aria-hidden="true" /> {t('inbox.checkBackDue')}
            </span>
          )}
          {form.attention > 0 && (
            <span className="pill pill-bad">
              {form.attention} {t('list.attentionBadge')}
            </span>
          )}
        </span>
      </button>
    </li>
  );
};

const noTextOf = (came: string): 'spoken' | 'callback' | 'written' => {
  if (came === 'voice-message') return 'spoken';
  return came === 'callback' ? 'callback' : 'written';
};
