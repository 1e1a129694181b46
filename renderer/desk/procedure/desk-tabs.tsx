import {
  AuditOutlined,
  BulbOutlined,
  CustomerServiceOutlined,
  PhoneOutlined,
  TableOutlined,
  TeamOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { maySeeAllAssessments } from '../../../domain/people/may-see-assessment.ts';
import { mayDo, type Role } from '../../../domain/people/roles.ts';
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

const nobody: readonly Role[] = [];

/** Counts of the desks at which forms lie, always in sight, and the way to each. */
export const DeskTabs = ({ onSheet }: { readonly onSheet: () => void }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const lists = useDeskLists();
  const { list, deskCounts } = useDeskSelector((state) => state.inbox);
  const ownDepartment = useDeskSelector((state) => state.desk.session?.person.department !== undefined);
  const roles = useDeskSelector((state) => state.desk.session?.person.roles ?? nobody);
  // Who works forms on is assessed; who assesses or watches the floor sees everybody's.
  const assessed = mayDo(roles, 'form.submit') || maySeeAllAssessments(roles);
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
      {assessed && (
        <button type="button" className="strip-tab" aria-haspopup="dialog" onClick={onSheet} data-testid="strip-sheet">
          <span aria-hidden="true">
            <TableOutlined />
          </span>{' '}
          {t('sheet.title')}
        </button>
      )}
    </fieldset>
  );
};
