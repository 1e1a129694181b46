import { v7 as uuidv7 } from 'uuid';
import type { ArticleAction } from '../../domain/knowledge/article-actions.ts';
import { chinaDay } from '../../domain/knowledge/validity.ts';
import type { Role } from '../../domain/people/roles.ts';
import type { Knowledge } from './create-knowledge.ts';
import { demoArticles } from './demo-articles.ts';

const writer = { staffNumber: '5001', roles: ['data-admin'] as readonly Role[] };
const reviewer = { staffNumber: '8806', roles: ['senior-agent'] as readonly Role[] };
const dayMs = 24 * 3_600_000;

/** For trying out: articles that went the way every article goes. Once, right after the demo staff. */
export const addDemoArticles = async (knowledge: Knowledge, now: number): Promise<void> => {
  for (const { days, ...wordings } of demoArticles) {
    const article = uuidv7();
    const to = days === null ? null : chinaDay(now + days * dayMs);
    const steps: readonly (readonly [typeof writer, ArticleAction])[] = [
      [writer, { kind: 'create', article, content: { ...wordings, attachments: [] } }],
      [writer, { kind: 'submit', article, revision: 1 }],
      [reviewer, { kind: 'approve', article, revision: 2 }],
      [writer, { kind: 'publish', article, revision: 3, validity: { from: chinaDay(now), to } }],
    ];
    for (const [by, action] of steps) {
      const done = await knowledge.act(action, by);
      if (!done.ok) throw new Error(`a demo article was refused: ${done.error.code}`);
    }
  }
};
