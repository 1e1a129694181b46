import type { Session } from 'electron';

const origin = 'app://zuoxi';

/** A page of ours may hear the microphone and choose a loudspeaker; nobody may anything else. */
export const mayUse = (
  permission: string,
  asking: { readonly origin: string; readonly isMainFrame: boolean; readonly media: readonly (string | undefined)[] },
): boolean => {
  if (asking.origin.replace(/\/$/, '') !== origin || !asking.isMainFrame) return false;
  switch (permission) {
    case 'media':
      return asking.media.length > 0 && asking.media.every((kind) => kind === 'audio');
    case 'speaker-selection':
      return true;
    default:
      return false;
  }
};

/** Every way Electron may ask for a permission gets its answer from `mayUse`. */
export const limitPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    answer(mayUse(permission, { origin: originOf(details.requestingUrl), isMainFrame: details.isMainFrame, media }));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    mayUse(permission, {
      origin: originOf(requestingOrigin),
      isMainFrame: details.isMainFrame,
      media: [details.mediaType],
    }),
  );
  session.setDevicePermissionHandler(() => false);
};

/** `URL.origin` is "null" for a scheme of our own; what is asked for comes as an origin or as a whole URL. */
const originOf = (url: string): string => {
  if (!URL.canParse(url)) return '';
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
};
