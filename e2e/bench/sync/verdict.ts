/** One line that a run passes or fails by. */
export interface Verdict {
  readonly what: string;
  readonly passed: boolean;
}

/** Says each line; whether all passed. */
export const sayVerdicts = (verdicts: readonly Verdict[]): boolean => {
  for (const { what, passed } of verdicts) console.log(`${passed ? 'PASS' : 'FAIL'}  ${what}`);
  return verdicts.every(({ passed }) => passed);
};
