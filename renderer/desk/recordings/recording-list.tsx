import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../../domain/forms/form.ts';
import { type ListedRecording, type ListenFailure, listRecordings } from '../../app/store/listen-to-recordings.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { RecordingRow } from './recording-row.tsx';

type Asked =
  | { readonly phase: 'asking' }
  | { readonly phase: 'failed'; readonly code: ListenFailure }
  | { readonly phase: 'listed'; readonly recordings: readonly ListedRecording[]; readonly fresh: boolean };

/** The recorded talks of a form, for those who may hear them (A3). */
export const RecordingList = ({ form }: { readonly form: Form }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [asked, setAsked] = useState<Asked>({ phase: 'asking' });
  const [attempt, setAttempt] = useState(0);
  const [open, setOpen] = useState<string | undefined>();
  const online = useDeskSelector((state) => state.desk.sync.link === 'online');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another call, the network back, or a new attempt asks again
  useEffect(() => {
    let wanted = true;
    void dispatch(listRecordings(form.id)).then((answer) => {
      if (!wanted) return;
      setAsked(answer.ok ? { phase: 'listed', ...answer.value } : { phase: 'failed', code: answer.error.code });
    });
    return () => {
      wanted = false;
    };
  }, [form.id, form.calls.length, online, attempt, dispatch]);
  return (
    <section
      className="recordings"
      aria-label={t('recordings.title')}
      data-testid="recordings"
      data-value={asked.phase}
    >
      <h3 className="caption">{t('recordings.title')}</h3>
      <Listed
        asked={asked}
        open={open}
        // The player of a voice message has the keys.
        hasKeys={form.origin.via !== 'voice-message'}
        onToggle={(id) => setOpen(open === id ? undefined : id)}
        onAgain={() => setAttempt(attempt + 1)}
      />
    </section>
  );
};

interface ListedProps {
  readonly asked: Asked;
  readonly open: string | undefined;
  readonly hasKeys: boolean;
  readonly onToggle: (id: string) => void;
  readonly onAgain: () => void;
}

const Listed = ({ asked, open, hasKeys, onToggle, onAgain }: ListedProps) => {
  const { t } = useTranslation();
  switch (asked.phase) {
    case 'asking':
      return (
        <p className="quiet" role="status">
          {t('recordings.reading')}
        </p>
      );
    case 'failed':
      return (
        <div role="alert">
          <p className="call-note note-bad" data-testid="recordings-fault" data-value={asked.code}>
            {t(`recordings.fault.${asked.code}`)}
          </p>
          <Button size="small" onClick={onAgain}>
            {t('recordings.again')}
          </Button>
        </div>
      );
    case 'listed':
      return (
        <>
          {!asked.fresh && (
            <p className="quiet" role="status" data-testid="recordings-old">
              {t('recordings.old')}
            </p>
          )}
          {asked.recordings.length === 0 && <p className="quiet">{t('recordings.none')}</p>}
          <ol className="entries">
            {asked.recordings.map((one) => (
              <RecordingRow
                key={one.id}
                recording={one}
                open={open === one.id}
                hasKeys={hasKeys}
                onToggle={() => onToggle(one.id)}
                onFetched={onAgain}
              />
            ))}
          </ol>
        </>
      );
    default:
      return asked satisfies never;
  }
};
