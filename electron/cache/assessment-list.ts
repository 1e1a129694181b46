import { z } from 'zod';
import { type AssessmentRow, assessmentRow } from '../../contract/ipc.ts';
import { monthOf, monthStart } from '../../domain/deadlines/month.ts';
import { procedure } from '../../domain/forms/procedure/procedure.ts';
import { maySeeAssessment } from '../../domain/people/may-see-assessment.ts';
import type { Reads } from './database.ts';
import { jsonOf } from './json-column.ts';
import { readProcedureRules } from './meta.ts';
import type { Author } from './store/act.ts';

const row = z.object({
  form: z.string(),
  formNumber: z.string(),
  assessments: jsonOf(procedure.shape.assessments),
});

/** S2: what was found in a month, by the hotline's own calendar; the latest first. */
export const listAssessments = (reads: Reads, month: string, viewer: Author): AssessmentRow[] => {
  const { deadlines } = readProcedureRules(reads);
  return reads
    .all(
      row,
      `SELECT id AS form, number AS formNumber, form -> '$.procedure.assessments' AS assessments
       FROM forms WHERE assessed_at >= ?`,
      monthStart(month, deadlines),
    )
    .flatMap(({ form, formNumber, assessments }) =>
      assessments
        .filter(({ agent, at }) => maySeeAssessment(viewer, agent) && monthOf(at, deadlines) === month)
        .map((found) => assessmentRow.parse({ ...found, form, formNumber })),
    )
    .sort((one, other) => other.at - one.at);
};
