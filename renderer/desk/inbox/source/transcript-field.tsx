import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FormView } from '../../../../contract/ipc.ts';
import { saveTranscript } from '../../../app/store/save-transcript.ts';
import { useDeskDispatch, useDeskSelector } from '../../../app/store/store.ts';
import { transcriptGivenUp, transcriptKept, transcriptTyped } from '../../../app/store/transcript-slice.ts';
import { refusalText } from '../../forms/refusal-text.ts';

const maxLength = 100_000;

/** What is said in a message, written while listening (A9) and saved as it is typed. */
export const TranscriptField = ({ view }: { readonly view: FormView }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const { form } = view;
  const draft = useDeskSelector((state) => state.transcripts.drafts[form.id]);
  const failure = useDeskSelector((state) => state.transcripts.failures[form.id]);
  const staffNumber = useDeskSelector((state) => state.desk.session?.person.staffNumber);
  const mine = form.work.state === 'claimed' && form.work.by === staffNumber;
  const standing = form.transcript;
  const clash = failure?.code === 'transcript-changed-meanwhile' && draft !== undefined;
  const state = draft ? (failure ? 'refused' : 'saving') : view.pending > 0 ? 'pending' : 'saved';
  return (
    <div className="transcript">
      <div className="transcript-head">
        <label htmlFor="transcript">{t('transcript.title')}</label>
        <span className={`save save-${state}`} role="status" data-testid="transcript-state" data-value={state}>
          {mine || draft ? t(`save.${state}`, { count: view.pending }) : ''}
        </span>
      </div>
      <Input.TextArea
        id="transcript"
        value={draft?.typed ?? standing}
        disabled={!mine && !draft}
        maxLength={maxLength}
        placeholder={t(mine ? 'transcript.placeholder' : 'transcript.claimFirst')}
        status={failure ? 'error' : ''}
        onChange={({ target }) => dispatch(transcriptTyped({ form: form.id, typed: target.value, standing }))}
        onBlur={() => void dispatch(saveTranscript(form.id))}
        data-testid="transcript"
      />
      {failure && !clash && (
        <p className="field-problem" role="alert">
          {refusalText(t, failure)}
        </p>
      )}
      {clash && (
        <div className="clash" role="alert" data-testid="transcript-clash">
          <strong>{t('transcript.clash')}</strong>
          <p className="entry-text">{standing}</p>
          <div className="work-reasons">
            <Button
              onClick={() => {
                dispatch(transcriptKept({ form: form.id, standing }));
                void dispatch(saveTranscript(form.id));
              }}
            >
              {t('clash.keepMine')}
            </Button>
            <Button onClick={() => dispatch(transcriptGivenUp(form.id))}>{t('clash.takeTheirs')}</Button>
          </div>
        </div>
      )}
    </div>
  );
};
