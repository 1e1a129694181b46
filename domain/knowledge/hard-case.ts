import type { Form } from '../forms/form.ts';
import type { ArticleContent } from './article.ts';

const titleLength = 60;

/** The words around a method, in the article's own language. */
const headings = { case: '【情况】', method: '【处理办法】' } as const;

/**
 * S2: the first draft for the data admin, made of a form's text and the method of a senior agent. Who
 * called is nobody's business here: of the form's fields only the text goes in, for the data admin to edit.
 */
export const hardCaseContent = (form: Pick<Form, 'fields'>, method: string): ArticleContent => {
  const text = form.fields.text.trim();
  const [firstLine = ''] = text.split('\n');
  const body = [...(text === '' ? [] : [headings.case, text, '']), headings.method, method.trim()].join('\n');
  const title = [...(firstLine || method.trim())].slice(0, titleLength).join('');
  return { zh: { title, body: body.slice(0, 20_000) }, en: null, keywords: [], attachments: [] };
};
