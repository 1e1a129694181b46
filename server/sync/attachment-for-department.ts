import type { Kysely } from 'kysely';
import { departmentsOf, seenByDepartment } from '../../domain/forms/procedure/department-view.ts';
import type { Tables } from '../records/tables.ts';

/**
 * Whether a department may have a file: it stands on a form of which it has an order, as it sees that form (S4), or on
 * an article that everybody reads.
 */
export const isForDepartment = async (db: Kysely<Tables>, sha256: string, code: string): Promise<boolean> => {
  const forms = await db
    .selectFrom('form_attachments')
    .innerJoin('form_departments', 'form_departments.form', 'form_attachments.form')
    .innerJoin('forms', 'forms.id', 'form_attachments.form')
    .select('forms.form')
    .where('form_attachments.sha256', '=', sha256)
    .where('form_departments.department', '=', code)
    .execute();
  const has = forms.some(
    ({ form }) => departmentsOf(form).includes(code) && isOn(seenByDepartment(form, code).attachments, sha256),
  );
  if (has) return true;
  const versions = await db
    .selectFrom('knowledge_articles')
    .innerJoin('knowledge_versions', (join) =>
      join
        .onRef('knowledge_versions.article', '=', 'knowledge_articles.id')
        .onRef('knowledge_versions.version', '=', 'knowledge_articles.published_version'),
    )
    .select('knowledge_versions.content')
    .execute();
  return versions.some(({ content }) => isOn(content.attachments, sha256));
};

const isOn = (attachments: readonly { readonly sha256: string }[], sha256: string): boolean =>
  attachments.some((one) => one.sha256 === sha256);
