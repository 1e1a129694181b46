import type { RefObject } from 'react';
import { FormList } from '../../desk/forms/form-list.tsx';
import { InboxList } from '../../desk/inbox/inbox-list.tsx';
import { DeskList } from '../../desk/procedure/desk-list.tsx';
import { isInbox } from '../store/inbox-slice.ts';
import { useDeskSelector } from '../store/store.ts';

/** The list chosen: all forms, an inbox, or what lies at a desk. */
export const ListColumn = ({ searchBox }: { readonly searchBox: RefObject<HTMLInputElement | null> }) => {
  const list = useDeskSelector((state) => state.inbox.list);
  if (list === 'forms') return <FormList searchBox={searchBox} />;
  return isInbox(list) ? <InboxList key={list} inbox={list} /> : <DeskList key={list} desk={list} />;
};
