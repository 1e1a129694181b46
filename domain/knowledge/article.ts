import { z } from 'zod';
import { attachment } from '../forms/complaint.ts';
import { validity } from './validity.ts';

const instant = z.int().nonnegative();

/** One language of an article; plain text, its paragraphs parted by line breaks. Lengths in UTF-16 units. */
export const wording = z.strictObject({ title: z.string().max(200), body: z.string().max(20_000) });

/** What is written in a version. A draft may have gaps; `missingInContent` says which hold up its review. */
export const articleContent = z.strictObject({
  zh: wording,
  en: wording.nullable(),
  /** Words that agents look for and the text does not say. */
  keywords: z.array(z.string().trim().min(1).max(40)).max(30).readonly(),
  attachments: z.array(attachment).max(20).readonly(),
});
export type ArticleContent = z.infer<typeof articleContent>;

export const emptyContent: ArticleContent = { zh: { title: '', body: '' }, en: null, keywords: [], attachments: [] };

const step = { by: z.string(), at: instant };
const reviewed = z.strictObject(step);
const published = z.strictObject({ ...step, validity });

/** Where a version stands (D1); the state table is in `article-life.ts`. */
export const versionLife = z.discriminatedUnion('state', [
  /** `sentBack`: why the last review of it failed. */
  z.strictObject({
    state: z.literal('draft'),
    sentBack: z.strictObject({ ...step, reason: z.string() }).nullable(),
  }),
  z.strictObject({ state: z.literal('in-review'), ...step }),
  z.strictObject({ state: z.literal('approved'), reviewed }),
  z.strictObject({ state: z.literal('published'), reviewed, published }),
  /** A later version is published. */
  z.strictObject({ state: z.literal('replaced'), reviewed, published, ...step }),
  z.strictObject({ state: z.literal('retired'), reviewed, published, ...step, reason: z.string() }),
  z.strictObject({ state: z.literal('dropped'), ...step, reason: z.string() }),
]);
export type VersionLife = z.infer<typeof versionLife>;
export type VersionState = VersionLife['state'];
export const versionStates = versionLife.options.map((option) => option.shape.state.value);

export const articleVersion = z.strictObject({
  version: z.int().positive(),
  content: articleContent,
  /** Everybody who has written in it; the last to do so stands last. */
  authors: z.array(z.string()).min(1).readonly(),
  writtenAt: instant,
  life: versionLife,
});
export type ArticleVersion = z.infer<typeof articleVersion>;

/** S2: the form whose hard case an article answers. */
export const articleSource = z.strictObject({ form: z.uuidv7(), number: z.string().min(1).max(32) });

/** A knowledge article (知识条目) with every version it has had; the newest stands last. */
export const article = z.strictObject({
  id: z.uuidv7(),
  /** Counts what was done to it: who acts on what they have not seen is told so. */
  revision: z.int().positive(),
  source: articleSource.nullable(),
  createdBy: z.string(),
  createdAt: instant,
  versions: z.array(articleVersion).min(1).readonly(),
});
export type Article = z.infer<typeof article>;

/** What agents read: the published version alone, whether or not it is valid today. */
export const publishedArticle = z.strictObject({
  id: z.uuidv7(),
  version: z.int().positive(),
  content: articleContent,
  validity,
  publishedAt: instant,
});
export type PublishedArticle = z.infer<typeof publishedArticle>;

const openStates: readonly VersionState[] = ['draft', 'in-review', 'approved'];

/** The version being made, of which there is one at most. */
export const openVersion = ({ versions }: Article): ArticleVersion | undefined =>
  versions.find(({ life }) => openStates.includes(life.state));

/** The article as agents have it; `undefined` where they have none. */
export const publishedOf = ({ id, versions }: Article): PublishedArticle | undefined => {
  for (const { version, content, life } of versions) {
    if (life.state !== 'published') continue;
    return { id, version, content, validity: life.published.validity, publishedAt: life.published.at };
  }
  return undefined;
};

export const contentFields = ['zh.title', 'zh.body', 'en.title', 'en.body'] as const;
export type ContentField = (typeof contentFields)[number];

/** What a reviewer must not be sent without: Chinese whole, English whole or not at all. */
export const missingInContent = ({ zh, en }: ArticleContent): readonly ContentField[] => {
  const texts = { 'zh.title': zh.title, 'zh.body': zh.body, 'en.title': en?.title, 'en.body': en?.body };
  return contentFields.filter((field) => texts[field]?.trim() === '');
};
