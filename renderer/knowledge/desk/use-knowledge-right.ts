import { mayDo, type Right } from '../../../domain/people/roles.ts';
import { useDeskSelector } from '../../app/store/store.ts';

/** Whether the one who is signed in may do this. */
export const useKnowledgeRight = (right: Extract<Right, `knowledge.${string}`>): boolean =>
  useDeskSelector((state) => mayDo(state.desk.session?.person.roles ?? [], right));
