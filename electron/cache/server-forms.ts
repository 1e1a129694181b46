import { z } from 'zod';
import { form as formShape } from '../../contract/sync.ts';
import type { Form } from '../../domain/forms/form.ts';
import type { Reads, Writes } from './database.ts';
import { jsonOf } from './json-column.ts';

/** The centre's state of a form, kept of its own only where this desk's operations stand on it. */
export const readServerForm = (reads: Reads, id: string): Form | undefined =>
  reads.first(
    z.object({ form: jsonOf(formShape) }),
    `SELECT coalesce(server_forms.form, forms.form) AS form
     FROM server_forms LEFT JOIN forms ON forms.id = server_forms.id WHERE server_forms.id = ?`,
    id,
  )?.form;

/** Before this desk changes what the screen shows. */
export const keepServerForm = (writes: Writes, id: string): void =>
  writes.run(
    `UPDATE server_forms SET form = (SELECT form FROM forms WHERE forms.id = server_forms.id)
     WHERE id = ? AND form IS NULL`,
    id,
  );

/** Once the screen shows the centre's own. */
export const shareServerForm = (writes: Writes, id: string): void =>
  writes.run('UPDATE server_forms SET form = NULL WHERE id = ?', id);
