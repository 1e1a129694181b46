import type { VersionState } from '../../../domain/knowledge/article.ts';

/** How a state is set off; its word says it too. */
export const stateTones: Record<VersionState, string> = {
  draft: 'pill-warn',
  'in-review': 'pill-strong',
  approved: 'pill-strong',
  published: 'pill-good',
  replaced: '',
  retired: '',
  dropped: '',
};
