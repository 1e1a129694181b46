import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '../../contract/ipc.ts';
import type { SyncDetails } from '../../contract/sync-page.ts';
import type { Language } from '../../domain/access/language.ts';
import type { ProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { momentText, sizeText } from '../app/i18n/format.ts';
import { countText, spanText } from '../app/parts/span-text.ts';
import { useLanguage } from '../app/parts/use-language.ts';
import { useDeskSelector } from '../app/store/store.ts';
import { departmentText } from '../desk/procedure/box-words.ts';

/** Less is the way the answer travelled, and no deadline's affair. */
const clockMatterMs = 5_000;

const clockText = (t: TFunction, offsetMs: number): string => {
  if (Math.abs(offsetMs) <= clockMatterMs) return t('sync.clockGood');
  const time = spanText(t, Math.abs(offsetMs));
  return offsetMs > 0 ? t('sync.clockSlow', { time }) : t('sync.clockFast', { time });
};

const scopePrefix = 'department:';

const scopeText = ({ t, language, rules }: Spoken, scope: SyncDetails['scope']): string => {
  if (scope === null) return t('scope.unknown');
  if (scope === 'all' || scope === 'none') return t(`scope.${scope}`);
  return t('scope.department', { department: departmentText({ language, rules }, scope.slice(scopePrefix.length)) });
};

interface Spoken {
  readonly t: TFunction;
  readonly language: Language;
  readonly rules: ProcedureRules;
  readonly now: number;
}

type Facts = readonly (readonly [label: string, value: string])[];

const contactFacts = ({ t, language, now }: Spoken, { lastContactAt, clockOffsetMs }: SyncStatus): Facts => {
  const contact =
    lastContactAt === null
      ? t('sync.never')
      : `${momentText(lastContactAt, now, language)}, ${t('sync.ago', { time: spanText(t, Math.max(0, now - lastContactAt)) })}`;
  return [
    [t('sync.lastContact'), contact],
    [t('sync.clock'), clockText(t, clockOffsetMs)],
  ];
};

const cacheFacts = (spoken: Spoken, { unindexed }: SyncStatus, details: SyncDetails): Facts => {
  const { t, language, now } = spoken;
  const { oldestChangeAt, attachments } = details;
  const stored = { count: countText(attachments.count, language), size: sizeText(attachments.size) };
  return [
    [t('sync.kept'), t('sync.keptCount', { count: countText(details.forms, language) })],
    [t('sync.scope'), scopeText(spoken, details.scope)],
    [
      t('sync.oldest'),
      oldestChangeAt === null
        ? t('sync.noForms')
        : t('sync.lastChanged', { at: momentText(oldestChangeAt, now, language) }),
    ],
    [t('sync.cache'), sizeText(details.cacheSize)],
    [t('sync.attachments'), t('sync.attachmentSize', stored)],
    [t('sync.index'), unindexed > 0 ? t('unindexed', { count: countText(unindexed, language) }) : t('sync.indexGood')],
    [t('sync.key'), t(`keyKept.${details.key}`)],
    [t('sync.desk'), details.deskNumber === null ? t('sync.noDesk') : String(details.deskNumber)],
    [t('sync.device'), details.device],
    [t('sync.server'), details.server],
    [t('sync.versions'), t('sync.versionsText', details.versions)],
  ];
};

/** What is kept here and how, for the agent, and for the installer on the telephone. */
export const SyncFacts = ({ details, now }: { readonly details: SyncDetails | null; readonly now: number }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const sync = useDeskSelector((state) => state.desk.sync);
  const spoken = { t, language, now, rules: sync.procedureRules };
  return (
    <dl className="sync-facts" data-testid="sync-facts">
      {[...contactFacts(spoken, sync), ...(details ? cacheFacts(spoken, sync, details) : [])].map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="digits">{value}</dd>
        </div>
      ))}
    </dl>
  );
};
