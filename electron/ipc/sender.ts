/** The part of Electron's frame that says who is asking. */
export interface AskingFrame {
  readonly url: string;
  readonly parent: unknown;
}

export type WindowName = 'desk' | 'phone' | 'paper';

/** The pages we serve, and no others, may ask anything of main. */
export const pageUrls: Record<WindowName, string> = {
  desk: 'app://zuoxi/desk.html',
  phone: 'app://zuoxi/phone.html',
  paper: 'app://zuoxi/paper.html',
};

/**
 * Which of our windows sent a message: its web contents must be that window's and the frame its top
 * frame, still showing our page. Anything else (a subframe, a page navigated away, a frame already
 * gone) is nobody.
 */
export const senderOf = (
  asking: { readonly contentsId: number; readonly frame: AskingFrame | null },
  contentsIds: Readonly<Record<WindowName, number | undefined>>,
): WindowName | undefined => {
  const { frame, contentsId } = asking;
  if (!frame || frame.parent !== null) return undefined;
  const window = windowNames.find((name) => contentsIds[name] === contentsId);
  return window && withoutHash(frame.url) === pageUrls[window] ? window : undefined;
};

const windowNames = ['desk', 'phone', 'paper'] as const;

const withoutHash = (url: string): string => url.replace(/#.*$/, '');
