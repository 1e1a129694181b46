/**
 * A number people can say on the phone, unique without a network: day, desk, the desk's count of
 * that day, and a check digit (ISO 7064 MOD 11,10), `261124-0017-005-7`.
 */
export const formNumber = (parts: {
  /** `YYMMDD` of the day the form was opened. */
  readonly day: string;
  /** Number the server gave to the desk at its first log-in. */
  readonly desk: number;
  /** 1 for the desk's first form of the day. */
  readonly count: number;
}): string => {
  const desk = String(parts.desk).padStart(4, '0');
  const count = String(parts.count).padStart(3, '0');
  return `${parts.day}-${desk}-${count}-${checkDigit(parts.day + desk + count)}`;
};

/** Whether a number as read or typed carries its right check digit; hyphens and spaces are free. */
export const isFormNumber = (typed: string): boolean => {
  const digits = typed.replace(/[-\s]/g, '');
  return /^\d{14,}$/.test(digits) && checkDigit(digits.slice(0, -1)) === digits.at(-1);
};

/** The day in a form's number, `YYMMDD` in the time zone of whoever gives the number. */
export const dayOfNumber = (moment: Date): string => {
  const two = (value: number): string => String(value).padStart(2, '0');
  return two(moment.getFullYear() % 100) + two(moment.getMonth() + 1) + two(moment.getDate());
};

const checkDigit = (digits: string): string => {
  let product = 10;
  for (const digit of digits) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
};
