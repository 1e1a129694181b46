import type { zh } from './zh.ts';

/** The same keys with other texts. */
export type SameKeys<Part> = { readonly [Key in keyof Part]: Part[Key] extends string ? string : SameKeys<Part[Key]> };

/** The shape every language must fill; a missing or extra key does not compile. */
export type Words = SameKeys<typeof zh>;
