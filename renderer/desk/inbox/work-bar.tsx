import { InboxOutlined, MessageOutlined, RollbackOutlined, SnippetsOutlined, UserAddOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormView } from '../../../contract/ipc.ts';
import { rightToClaim } from '../../../domain/forms/work.ts';
import { mayDo } from '../../../domain/people/roles.ts';
import { KeyButton } from '../../app/parts/key-button.tsx';
import { sourceShown } from '../../app/store/source-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { claimForm, releaseForm } from '../../app/store/work-inbox.ts';
import { RefusedNote } from './refused-note.tsx';
import { SetAsideBox } from './set-aside-box.tsx';
import { WorkState } from './work-state.tsx';

interface WorkBarProps {
  readonly view: FormView;
  readonly onCheckBack: () => void;
}

/** Who has the form on the screen, and what the clerk may make of that. */
export const WorkBar = ({ view, onCheckBack }: WorkBarProps) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const person = useDeskSelector((state) => state.desk.session?.person);
  const sourceStands = useDeskSelector((state) => state.source.form === view.form.id);
  const [settingAside, setSettingAside] = useState(false);
  const { form, tentative } = view;
  const { work } = form;
  const roles = person?.roles ?? [];
  const staffNumber = person?.staffNumber ?? '';
  const mayWrite = mayDo(roles, 'form.edit');
  const mine = work.state === 'claimed' && work.by === staffNumber;
  const mayClaim = (work.state === 'waiting' || work.state === 'set-aside') && mayDo(roles, rightToClaim[work.inbox]);
  const mayRelease = mine || (work.state === 'claimed' && mayDo(roles, 'claim.lift'));
  const hasSource = work.state !== 'none' || form.attachments.length > 0;
  if (!hasSource && !mayWrite) return <RefusedNote />;
  return (
    <>
      <div className="work-bar" data-testid="work-bar" data-value={work.state}>
        <WorkState work={work} tentative={tentative} staffNumber={staffNumber} />
        {work.state === 'set-aside' && <span className="quiet work-reason">{work.reason}</span>}
        <div className="work-do">
          {!sourceStands && hasSource && (
            <Button
              icon={<SnippetsOutlined />}
              onClick={() => dispatch(sourceShown({ form: form.id, document: null }))}
              data-testid="source-show"
            >
              {t('source.title')}
            </Button>
          )}
          {mayWrite && (
            <Button icon={<MessageOutlined />} onClick={onCheckBack} data-testid="check-back-open">
              {t('checkBack.do')}
            </Button>
          )}
          {mine && (
            <Button
              icon={<InboxOutlined />}
              aria-expanded={settingAside}
              onClick={() => setSettingAside(!settingAside)}
              data-testid="set-aside"
            >
              {t('work.setAsideDo')}
            </Button>
          )}
          {mayRelease && (
            <KeyButton
              hotKey="release"
              testId="release"
              icon={<RollbackOutlined />}
              onClick={() => void dispatch(releaseForm(form.id))}
            >
              {t('work.release')}
            </KeyButton>
          )}
          {mayClaim && (
            <KeyButton
              hotKey="claim"
              testId="claim"
              type="primary"
              icon={<UserAddOutlined />}
              onClick={() => void dispatch(claimForm(form.id))}
            >
              {t('work.claim')}
            </KeyButton>
          )}
        </div>
      </div>
      {settingAside && mine && <SetAsideBox form={form.id} onClose={() => setSettingAside(false)} />}
      {mine && tentative && (
        <p className="call-note note-warn work-note" role="status">
          {t('work.tentative')}
        </p>
      )}
      <RefusedNote />
    </>
  );
};
