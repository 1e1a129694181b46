import { useEffect, useState } from 'react';

/** The desk's clock, ticking each second, or each so many ms, while `ticking`. */
export const useNow = (ticking: boolean, everyMs = 1_000): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [ticking, everyMs]);
  return now;
};
