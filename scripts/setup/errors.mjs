/** A failure a person can act on: its message says how. */
export class SetupError extends Error {}
