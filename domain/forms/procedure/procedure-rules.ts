import { z } from 'zod';
import { deadlineRules, usualDeadlineRules } from '../../deadlines/deadline-rules.ts';
import { departmentCode } from './orders.ts';

const code = z.string().regex(/^[a-z0-9-]{1,40}$/);
const names = { zh: z.string().min(1).max(100), en: z.string().min(1).max(100) };

/** What the hotline settles for itself: settings of the centre, which the desks are told and keep. */
export const procedureRules = z.strictObject({
  deadlines: deadlineRules,
  departments: z.array(z.strictObject({ code: departmentCode, ...names })).readonly(),
  /** J3: why a complaint is not accepted. */
  declineReasons: z.array(z.strictObject({ code, ...names })).readonly(),
  /** S2: the clauses by which juniors are assessed, with the points each weighs. */
  assessmentClauses: z.array(z.strictObject({ code, ...names, weight: z.int().min(0).max(100) })).readonly(),
  /** Q1: tries before a customer who is not reached is left in peace. */
  maxCallBackTries: z.int().positive(),
});
export type ProcedureRules = Readonly<z.infer<typeof procedureRules>>;

export const usualProcedureRules: ProcedureRules = {
  deadlines: usualDeadlineRules,
  departments: [
    { code: 'network', zh: '网络运维部', en: 'Network operations' },
    { code: 'billing', zh: '计费账务部', en: 'Billing' },
    { code: 'shops', zh: '营业厅管理部', en: 'Customer shops' },
    { code: 'marketing', zh: '市场部', en: 'Marketing' },
    { code: 'line-service', zh: '装维中心', en: 'Line service' },
  ],
  declineReasons: [
    { code: 'no-fault-of-ours', zh: '非我方责任', en: 'Not our doing' },
    { code: 'by-the-terms', zh: '符合业务规定和资费公示', en: 'In accordance with the published terms' },
    { code: 'not-our-business', zh: '不属于受理范围', en: 'Not a matter for this hotline' },
    { code: 'no-facts', zh: '无具体事实', en: 'No facts were given' },
    { code: 'settled-elsewhere', zh: '司法或仲裁机关已受理', en: 'Before a court or an arbitrator already' },
  ],
  assessmentClauses: [
    {
      code: 'own-competence',
      zh: '职责范围内应自行处理而转出',
      en: 'Passed on what was to be settled by oneself',
      weight: 2,
    },
    { code: 'wrong-facts', zh: '记录与事实不符', en: 'Facts recorded wrongly', weight: 3 },
    { code: 'incomplete', zh: '记录要素不全', en: 'Record incomplete', weight: 1 },
    { code: 'wrong-department', zh: '派单部门错误', en: 'Dispatched to the wrong department', weight: 2 },
    { code: 'manner', zh: '服务用语不规范', en: 'Words or manner', weight: 2 },
  ],
  maxCallBackTries: 3,
};
