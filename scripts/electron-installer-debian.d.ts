/** What we use of it; the package comes without types. */
declare module 'electron-installer-debian' {
  const makeDeb: (request: {
    src: string;
    dest: string;
    arch: 'amd64';
    rename: (folder: string) => string;
    options: Record<string, string | readonly string[]>;
  }) => Promise<unknown>;
  export default makeDeb;
}
