import { app, type Session, type WebContents, type WebPreferences } from 'electron';

/** The same for both windows; most are Electron's defaults, stated so that a test can hold us to them. */
export const safePreferences = (preload: string, devTools: boolean): WebPreferences => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // Chromium would fetch its dictionaries from the internet.
  spellcheck: false,
  devTools,
});

/** Whatever web contents ever come to be: they stay on the page we loaded and open nothing. */
export const lockDownContents = (warn: (message: string) => void): void => {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => {
      event.preventDefault();
      warn(`navigation to ${event.url} refused`);
    });
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      warn(`a window for ${url} refused`);
      return { action: 'deny' };
    });
  });
  // Chromium's verdict on a certificate stands: nothing answers `certificate-error`; no client certificates either.
  app.on('select-client-certificate', (event) => event.preventDefault());
};

const webSocketOrigin = (server: string | undefined): string | undefined =>
  server === undefined ? undefined : new URL(server.replace(/^http/, 'ws')).origin;

/** No request leaves the pages but to ourselves and to the centre's WebSocket, whatever a page may hold. */
export const limitRequests = (session: Session, server: () => string | undefined): void => {
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const { protocol, origin } = new URL(url);
    const ours = ['app:', 'blob:', 'data:', 'devtools:'].includes(protocol) || origin === webSocketOrigin(server());
    answer({ cancel: !ours });
  });
  // An attachment that the agent saves is a blob of our own page; nothing else comes to the disk.
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith('blob:app://zuoxi/')) event.preventDefault();
  });
};
