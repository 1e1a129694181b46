import type { ComplaintFields } from '../forms/complaint.ts';

/** Sent at (Beijing time), the type of the complaint, the last day to answer. */
export type Row = readonly [sentAt: string, type: NonNullable<ComplaintFields['complaintType']>, due: string];

/** S3: 60 dispatches about Spring Festival and National Day, each counted by hand on a wall calendar. */
export const deadlineTable: readonly Row[] = [
  // Spring Festival 2024: 10–17 February off; Sundays the 4th and the 18th worked, and New Year's Eve, Friday the 9th.
  ['2024-02-02 10:00', 'staff-conduct', '2024-02-05'],
  ['2024-02-03 11:00', 'product-quality', '2024-02-06'],
  ['2024-02-04 09:00', 'billing-tariff', '2024-02-06'],
  ['2024-02-05 16:00', 'other', '2024-02-18'],
  ['2024-02-07 10:00', 'product-quality', '2024-02-18'],
  ['2024-02-08 18:20', 'staff-conduct', '2024-02-18'],
  ['2024-02-09 17:30', 'billing-tariff', '2024-02-19'],
  ['2024-02-09 08:00', 'other', '2024-02-22'],
  ['2024-02-10 00:00', 'product-quality', '2024-02-20'],
  ['2024-02-17 23:59', 'staff-conduct', '2024-02-19'],
  ['2024-02-18 09:30', 'other', '2024-02-23'],
  ['2024-02-22 15:00', 'product-quality', '2024-02-27'],
  // Mid-Autumn 2024: 15–17 September off, Saturday the 14th worked.
  ['2024-09-12 10:00', 'product-quality', '2024-09-18'],
  ['2024-09-14 14:00', 'billing-tariff', '2024-09-19'],
  // National Day 2024: 1–7 October off; Sunday 29 September and Saturday 12 October worked.
  ['2024-09-26 09:00', 'staff-conduct', '2024-09-29'],
  ['2024-09-27 17:31', 'product-quality', '2024-10-08'],
  ['2024-09-28 10:00', 'billing-tariff', '2024-09-30'],
  ['2024-09-29 16:45', 'other', '2024-10-11'],
  ['2024-09-30 11:00', 'product-quality', '2024-10-10'],
  ['2024-10-01 08:30', 'staff-conduct', '2024-10-09'],
  ['2024-10-05 20:00', 'other', '2024-10-12'],
  ['2024-10-07 23:59', 'billing-tariff', '2024-10-09'],
  ['2024-10-10 10:00', 'product-quality', '2024-10-14'],
  ['2024-10-12 10:00', 'staff-conduct', '2024-10-15'],
  // Spring Festival 2025: 28 January to 4 February off; Sunday 26 January and Saturday 8 February worked.
  ['2025-01-23 10:00', 'product-quality', '2025-01-27'],
  ['2025-01-24 17:00', 'billing-tariff', '2025-01-27'],
  ['2025-01-25 09:00', 'other', '2025-02-07'],
  ['2025-01-26 09:00', 'staff-conduct', '2025-02-05'],
  ['2025-01-27 08:00', 'product-quality', '2025-02-07'],
  ['2025-01-27 19:00', 'other', '2025-02-10'],
  ['2025-01-28 00:01', 'billing-tariff', '2025-02-06'],
  ['2025-02-01 12:00', 'product-quality', '2025-02-07'],
  ['2025-02-04 16:00', 'staff-conduct', '2025-02-06'],
  ['2025-02-06 10:00', 'product-quality', '2025-02-10'],
  ['2025-02-08 10:00', 'billing-tariff', '2025-02-11'],
  // National Day 2025, with Mid-Autumn: 1–8 October off; Sunday 28 September and Saturday 11 October worked.
  ['2025-09-25 10:00', 'product-quality', '2025-09-29'],
  ['2025-09-26 18:00', 'other', '2025-10-10'],
  ['2025-09-27 10:00', 'staff-conduct', '2025-09-29'],
  ['2025-09-28 17:30', 'product-quality', '2025-10-09'],
  ['2025-09-29 10:00', 'billing-tariff', '2025-10-09'],
  ['2025-09-30 10:00', 'other', '2025-10-14'],
  ['2025-10-01 00:00', 'product-quality', '2025-10-11'],
  ['2025-10-06 15:00', 'staff-conduct', '2025-10-10'],
  ['2025-10-08 23:00', 'product-quality', '2025-10-11'],
  ['2025-10-10 10:00', 'billing-tariff', '2025-10-13'],
  ['2025-10-11 10:00', 'other', '2025-10-17'],
  // Spring Festival 2026: 15–23 February off; Saturdays the 14th and the 28th worked.
  ['2026-02-11 10:00', 'product-quality', '2026-02-14'],
  ['2026-02-12 10:00', 'product-quality', '2026-02-24'],
  ['2026-02-13 20:00', 'staff-conduct', '2026-02-24'],
  ['2026-02-14 17:00', 'other', '2026-02-28'],
  ['2026-02-16 10:00', 'billing-tariff', '2026-02-25'],
  ['2026-02-23 10:00', 'other', '2026-02-28'],
  ['2026-02-27 10:00', 'staff-conduct', '2026-03-02'],
  ['2026-02-28 10:00', 'product-quality', '2026-03-04'],
  // Mid-Autumn 2026: 25–27 September off. National Day: 1–7 October off; Sunday 20 September, Saturday 10 October worked.
  ['2026-09-18 10:00', 'billing-tariff', '2026-09-21'],
  ['2026-09-23 10:00', 'product-quality', '2026-09-29'],
  ['2026-09-29 16:00', 'staff-conduct', '2026-10-08'],
  ['2026-09-30 18:00', 'other', '2026-10-13'],
  ['2026-10-03 10:00', 'product-quality', '2026-10-10'],
  ['2026-10-09 09:00', 'billing-tariff', '2026-10-12'],
];
