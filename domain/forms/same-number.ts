/** A telephone number by its digits, as it is dialled at home: without signs, country code and trunk prefix. */
const atHome = (number: string): string =>
  number.replace(/\D/g, '').replace(/^(?:00)?86(?=\d{10,12}$)|^0(?=\d{9,}$)/, '');

/** What all ways to write a number have in common, to look for it by; empty: nothing of a number. */
export const numberSought = atHome;

/** Whether two numbers, each as somebody wrote it, reach the same telephone. */
export const isSameNumber = (one: string, other: string): boolean =>
  atHome(one) !== '' && atHome(one) === atHome(other);
