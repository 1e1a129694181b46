import { ArrowLeftOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormView } from '../../../../contract/ipc.ts';
import type { Form } from '../../../../domain/forms/form.ts';
import { KeyButton } from '../../../app/parts/key-button.tsx';
import { sourcePutAway } from '../../../app/store/source-slice.ts';
import { useDeskDispatch } from '../../../app/store/store.ts';
import { useFileDrop } from '../../forms/use-file-drop.ts';
import { CameIcon } from '../came-icon.tsx';
import { cameBy } from '../origin-facts.ts';
import { CallbackSource } from './callback-source.tsx';
import { Documents } from './documents.tsx';
import { FaxSource } from './fax-source.tsx';
import { MailSource } from './mail-source.tsx';
import { VoiceSource } from './voice-source.tsx';

/** What a form came from, in the place of the list, so that it can be read while the form is written. */
export const SourcePanel = ({ view }: { readonly view: FormView }) => {
  const { form } = view;
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const came = cameBy(form.origin);
  const chooser = useRef<HTMLInputElement>(null);
  const { add, adding, over, problems, dropHere } = useFileDrop(form.id);
  return (
    <section className="panel source" aria-label={t('source.title')} {...dropHere} data-testid="source">
      <header className="source-head">
        <KeyButton
          hotKey="inbox"
          testId="source-back"
          icon={<ArrowLeftOutlined />}
          onClick={() => dispatch(sourcePutAway())}
        >
          {t('source.back')}
        </KeyButton>
        <h2 className="source-title">
          <CameIcon came={came} /> {t(`came.${came}`)}
        </h2>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            void add([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
          data-testid="source-file"
        />
        {takesScans(form) && (
          <Button icon={<PaperClipOutlined />} loading={adding} onClick={() => chooser.current?.click()}>
            {t('source.choose')}
          </Button>
        )}
      </header>
      {problems.map((problem) => (
        <p key={problem} className="call-note note-bad" role="alert" data-testid="source-problem">
          {problem}
        </p>
      ))}
      {over && <p className="source-drop">{t('source.dropNow')}</p>}
      <CameAs view={view} />
      <Documents form={form} />
      {takesScans(form) && form.attachments.length === 0 && <p className="empty quiet">{t('source.drop')}</p>}
    </section>
  );
};

/** Paper is scanned; what came over a line is whole as it came. */
const takesScans = ({ origin }: Form): boolean => origin.via === 'desk' || origin.via === 'fax';

const CameAs = ({ view }: { readonly view: FormView }) => {
  const { origin } = view.form;
  switch (origin.via) {
    case 'voice-message':
      return <VoiceSource view={view} origin={origin} />;
    case 'callback':
      return <CallbackSource view={view} origin={origin} />;
    case 'e-mail':
    case 'web-message':
      return <MailSource form={view.form} origin={origin} />;
    case 'fax':
      return <FaxSource origin={origin} />;
    case 'desk':
    case 'fault-line':
      return null;
    default:
      return origin satisfies never;
  }
};
