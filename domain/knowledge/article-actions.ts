import { z } from 'zod';
import { articleContent, articleSource, type ContentField, type VersionState } from './article.ts';
import { validity } from './validity.ts';

const id = z.uuidv7();
/** What the one who acts has seen of the article. */
const seen = { article: id, revision: z.int().positive() };
const reason = z.string().trim().min(1).max(1_000);

/** What is done to articles. Who makes an article makes its id too, so that asking again makes no second one. */
export const articleAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('create'), article: id, content: articleContent }),
  /** S2: the method for a hard case, from a senior agent to the data admin. */
  z.strictObject({ kind: z.literal('propose'), article: id, content: articleContent, source: articleSource }),
  z.strictObject({ kind: z.literal('write'), ...seen, content: articleContent }),
  z.strictObject({ kind: z.literal('submit'), ...seen }),
  z.strictObject({ kind: z.literal('approve'), ...seen }),
  z.strictObject({ kind: z.literal('send-back'), ...seen, reason }),
  z.strictObject({ kind: z.literal('publish'), ...seen, validity }),
  z.strictObject({ kind: z.literal('retire'), ...seen, reason }),
  z.strictObject({ kind: z.literal('drop'), ...seen, reason }),
]);
export type ArticleAction = z.infer<typeof articleAction>;
export type ArticleActionKind = ArticleAction['kind'];
export const articleActionKinds = articleAction.options.map((option) => option.shape.kind.value);

/** Why an action on an article is refused. */
export type ArticleRefusal =
  | { readonly code: 'no-such-article' }
  | { readonly code: 'article-exists' }
  | { readonly code: 'not-allowed'; readonly right: string }
  /** Somebody has done something to it since it was read. */
  | { readonly code: 'changed-meanwhile' }
  /** The version that the action is about is in a state in which it does not apply; null: there is none. */
  | { readonly code: 'not-in-this-state'; readonly state: VersionState | null }
  /** Nobody reviews what they wrote in. */
  | { readonly code: 'own-work' }
  | { readonly code: 'incomplete'; readonly fields: readonly ContentField[] }
  /** It would be over before it begins, or is over today. */
  | { readonly code: 'validity-over' }
  /** The bytes of a file are not at the centre. */
  | { readonly code: 'attachment-missing'; readonly name: string };
