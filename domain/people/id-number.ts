/** Weights and check signs of the 18-digit ID number (GB 11643-1999). */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkSigns = '10X98765432';

/**
 * What looks wrong with an ID number; null: nothing, or nothing is written yet. Never a reason to refuse it:
 * passports and permits have numbers of their own.
 */
export const doubtOfIdNumber = (value: string): 'odd' | 'checkFails' | null => {
  const written = value.replaceAll(/\s/g, '').toUpperCase();
  if (written === '') return null;
  if (!/^\d{17}[\dX]$/.test(written)) return 'odd';
  const sum = weights.reduce((total, weight, at) => total + weight * Number(written[at]), 0);
  return checkSigns[sum % 11] === written[17] ? null : 'checkFails';
};
