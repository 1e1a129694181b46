import { CrownOutlined, TeamOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../contract/phone.ts';
import type { HandOverCause } from '../../../domain/forms/procedure/procedure.ts';
import { mayDo, type Role } from '../../../domain/people/roles.ts';
import type { TransferRole } from '../../../domain/routing/warm-transfer.ts';
import { type DeskState, useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { transferWithForm } from '../../app/store/transfer-with-form.ts';

/** The form that goes with the call: the one on the screen where it is of the call, else the call's latest. */
const formOf =
  ({ contactId, form }: CallView) =>
  ({ contacts, editor }: DeskState): string | null => {
    const forms = (contactId && contacts[contactId]?.forms) || [];
    return forms.find((one) => one === editor.openForm) ?? forms.at(-1) ?? form ?? editor.openForm;
  };

/** What a talk is handed on for where no step of the procedure said it. */
const causeOf = (to: TransferRole, { priority }: CallView, roles: readonly Role[]): HandOverCause => {
  if (to === 'senior') return priority === 'key-account' ? 'key-account' : 'cannot-settle';
  return mayDo(roles, 'order.audit') ? 'not-content' : 'explanation-not-accepted';
};

/** Hands the talk on together with its form, outside the guide: to a senior agent, or to the manager hotline. */
export const HandOnBox = ({ call }: { readonly call: CallView }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const form = useDeskSelector(formOf(call));
  const roles = useDeskSelector(({ desk }) => desk.session?.person.roles) ?? [];
  const busy = useDeskSelector(
    ({ transfer: { view, doing } }) => doing !== null || (view !== null && view.phase !== 'ended'),
  );
  if (busy) return null;
  const handOn = (to: TransferRole) => (): void => {
    if (form) void dispatch(transferWithForm({ to, form, cause: causeOf(to, call, roles), text: '' }));
  };
  return (
    <fieldset className="hand-on" aria-label={t('handOn.title')} title={form ? undefined : t('handOn.noForm')}>
      {!roles.includes('senior-agent') && (
        <Button block disabled={!form} icon={<CrownOutlined />} onClick={handOn('senior')} data-testid="hand-on-senior">
          {t('handOn.toSenior')}
        </Button>
      )}
      <Button block disabled={!form} icon={<TeamOutlined />} onClick={handOn('manager')} data-testid="hand-on-manager">
        {t('handOn.toManager')}
      </Button>
    </fieldset>
  );
};
