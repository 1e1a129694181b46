/** How much of a value stays to be read: so many signs at either end, as long as `hidden` others are hidden. */
interface Ends {
  readonly first: number;
  readonly last: number;
  readonly hidden: number;
}

const phone: Ends = { first: 3, last: 4, hidden: 4 };
const account: Ends = { first: 2, last: 2, hidden: 4 };
const idNumber: Ends = { first: 4, last: 4, hidden: 7 };
const mailName: Ends = { first: 1, last: 0, hidden: 1 };

const star = '*';
const separator = /^[\s+\-–().·/]$/u;

/** What stands at each place of a value stays there or becomes a star, so that a masked value masks to itself. */
const maskBetween = (value: string, { first, last, hidden }: Ends): string => {
  const signs = [...value];
  const places = signs.flatMap((sign, at) => (separator.test(sign) ? [] : [at]));
  const spare = Math.max(0, places.length - hidden);
  const shownLast = Math.min(last, Math.ceil(spare / 2));
  const shownFirst = Math.min(first, spare - shownLast);
  const hiddenPlaces = new Set(places.slice(shownFirst, places.length - shownLast));
  return signs.map((sign, at) => (hiddenPlaces.has(at) ? star : sign)).join('');
};

/** `138****8000`; of a short number less, of four digits nothing. */
export const maskPhone = (value: string): string => maskBetween(value, phone);

/** `12****78`: never more of it than `maskPhone` would show, since an account is often named by its number. */
export const maskAccount = (value: string): string => maskBetween(value, account);

/** `1101**********1234`; of other papers less. */
export const maskIdNumber = (value: string): string => maskBetween(value, idNumber);

const han = /\p{Script=Han}/u;

/** 王小明 → `王**`; John Smith → `J*** S****`; a name of one sign → `*`. */
export const maskName = (value: string): string => {
  const isHan = han.test(value);
  let begins = true;
  let words = 0;
  const signs = [...value];
  return signs
    .map((sign, at) => {
      if (separator.test(sign)) {
        begins = true;
        return sign;
      }
      const opens = begins;
      begins = false;
      if (opens) words += 1;
      const next = signs[at + 1];
      const isAlone = next === undefined || separator.test(next);
      return opens && !isAlone && (words === 1 || !isHan) ? sign : star;
    })
    .join('');
};

/** A telephone number, or an e-mail address: `l*****@example.com`. */
export const maskContact = (value: string): string => {
  const at = value.lastIndexOf('@');
  return at < 0 ? maskPhone(value) : maskBetween(value.slice(0, at), mailName) + value.slice(at);
};

/** Whether a value was masked: nobody has a star in their name or number. */
export const isMasked = (value: string): boolean => value.includes(star);
