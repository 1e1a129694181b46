/** PostgreSQL's text has no NUL; in its `json`, where forms and articles are kept, NUL is an escape like any other. */
export const storable = (text: string): string => text.replaceAll('\0', '');
