import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScanPages, Turn } from './pages.ts';

interface ScanPageProps {
  readonly pages: ScanPages;
  readonly page: number;
  readonly turn: Turn;
  /** CSS pixels. */
  readonly width: number;
  readonly label: string;
}

/** One page, drawn sharp for this screen; one that cannot be read says so and harms no other. */
export const ScanPage = ({ pages, page, turn, width, label }: ScanPageProps) => {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<'drawing' | 'drawn' | 'broken'>('drawing');
  useEffect(() => {
    if (width < 1) return;
    let wanted = true;
    setDrawn('drawing');
    pages.draw(page, { width: Math.round(width * devicePixelRatio), turn }).then(
      (canvas) => {
        if (!wanted) return;
        canvas.style.width = `${width}px`;
        canvas.setAttribute('aria-hidden', 'true');
        place.current?.replaceChildren(canvas);
        setDrawn('drawn');
      },
      () => wanted && setDrawn('broken'),
    );
    return () => {
      wanted = false;
    };
  }, [pages, page, turn, width]);
  return (
    <div
      className="scan-page"
      role="img"
      aria-label={label}
      data-testid="scan-page"
      data-value={`${page + 1} ${drawn}`}
    >
      {drawn === 'broken' ? (
        <p className="call-note note-bad" role="alert">
          {t('scan.pageBroken', { page: page + 1 })}
        </p>
      ) : (
        <div ref={place} />
      )}
    </div>
  );
};
