import { mayDo, type Right } from '../../../domain/people/roles.ts';
import { useDeskSelector } from '../store/store.ts';

/** Whether the one signed in may do this at all: what nobody here may do is not offered. */
export const useRight = (right: Right): boolean =>
  useDeskSelector((state) => mayDo(state.desk.session?.person.roles ?? [], right));
