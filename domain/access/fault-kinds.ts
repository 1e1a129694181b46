/** Service 112: what may be wrong with a line, by the key that says so. */
export const faultKinds = ['no-dial-tone', 'noise', 'broadband', 'other'] as const;
export type FaultKind = (typeof faultKinds)[number];

export const faultKindOfKey = (key: string): FaultKind | undefined =>
  /^[1-4]$/.test(key) ? faultKinds[Number(key) - 1] : undefined;
