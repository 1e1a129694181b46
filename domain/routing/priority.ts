/** How the records rank a caller: 大用户 (key accounts) are served first, by a senior agent (J1). */
export const callerPriorities = ['normal', 'key-account'] as const;
export type CallerPriority = (typeof callerPriorities)[number];
