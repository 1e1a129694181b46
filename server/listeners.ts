/** Who wants to know of something, in the order they asked. */
export interface Listeners<News> {
  readonly add: (listener: (news: News) => void) => () => void;
  readonly tell: (news: News) => void;
}

export const createListeners = <News>(): Listeners<News> => {
  const listeners = new Set<(news: News) => void>();
  return {
    add: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell: (news) => {
      for (const listener of [...listeners]) listener(news);
    },
  };
};
