import {
  AuditOutlined,
  BulbOutlined,
  CustomerServiceOutlined,
  PhoneOutlined,
  TeamOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type DeskListName, deskListsOf, listChosen } from '../../app/store/inbox-slice.ts';
import { sourcePutAway } from '../../app/store/source-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';

/** The lists of the one signed in: the desks they work at, and what they look after. */
export const useDeskLists = (): readonly DeskListName[] => {
  const roles = useDeskSelector((state) => state.desk.session?.person.roles);
  return useMemo(() => deskListsOf(roles ?? []), [roles]);
};

const icons: Record<DeskListName, ReactNode> = {
  senior: <AuditOutlined />,
  manager: <CustomerServiceOutlined />,
  department: <TeamOutlined />,
  'data-admin': <BulbOutlined />,
  'call-back': <PhoneOutlined />,
  overdue: <WarningOutlined />,
};

/** Counts of the desks at which forms lie, always in sight, and the way to each. */
export const DeskTabs = () => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const lists = useDeskLists();
  const { list, deskCounts } = useDeskSelector((state) => state.inbox);
  const ownDepartment = useDeskSelector((state) => state.desk.session?.person.department !== undefined);
  const go = (name: DeskListName): void => {
    dispatch(listChosen({ list: name, part: null }));
    dispatch(sourcePutAway());
  };
  return (
    <fieldset className="strip-group" aria-label={t('desk.strip')}>
      {lists.map((name) => {
        const counted = name === 'overdue' ? deskCounts?.overdue : deskCounts?.[name].all;
        const bad = name === 'overdue' && (counted ?? 0) > 0;
        return (
          <button
            key={name}
            type="button"
            className="strip-tab"
            aria-current={list === name}
            onClick={() => go(name)}
            data-testid={`strip-${name}`}
            data-value={counted ?? 0}
          >
            <span aria-hidden="true">{icons[name]}</span>{' '}
            {name === 'department' && ownDepartment ? t('desk.ownOrders') : t(`desk.${name}`)}
            <span className={`count digits ${bad ? 'count-bad' : ''}`}>{counted ?? 0}</span>
          </button>
        );
      })}
    </fieldset>
  );
};
