import {
  LeftOutlined,
  LoadingOutlined,
  RedoOutlined,
  RightOutlined,
  WarningOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../../domain/forms/complaint.ts';
import { KeyIcon } from '../../app/parts/key-icon.tsx';
import { useHotKeys } from '../../app/parts/use-hot-keys.ts';
import { type ScanPages, type Turn, turnedBy } from './pages.ts';
import { ScanPage } from './scan-page.tsx';
import { useScan } from './use-scan.ts';

/** A PDF, TIFF, JPEG or PNG on a form, shown beside it (A1, A4). */
export const ScanViewer = ({ file }: { readonly file: Attachment }) => {
  const { t } = useTranslation();
  const [attempt, setAttempt] = useState(0);
  const scan = useScan(file.sha256, attempt);
  switch (scan.phase) {
    case 'fetching':
      return (
        <p className="empty quiet" role="status">
          <LoadingOutlined aria-hidden="true" /> {t('scan.fetching', { name: file.name })}
        </p>
      );
    case 'failed':
      return (
        <div className="scan-failed" role="alert" data-testid="scan-failed" data-value={scan.fault}>
          <p className="call-note note-bad">
            <WarningOutlined aria-hidden="true" /> {file.name}：{t(`scanFault.${faultWord(scan.fault)}`)}
          </p>
          <Button onClick={() => setAttempt(attempt + 1)}>{t('scan.again')}</Button>
        </div>
      );
    case 'open':
      return <OpenScan key={file.sha256} name={file.name} pages={scan.pages} />;
    default:
      return scan satisfies never;
  }
};

const faultWords = ['not-a-scan', 'broken', 'locked', 'unreachable', 'damaged', 'not-found'] as const;
const faultWord = (code: string): (typeof faultWords)[number] => faultWords.find((one) => one === code) ?? 'not-found';

const zooms = [0.5, 0.75, 1, 1.5, 2, 3, 4] as const;
const fitting = zooms.indexOf(1);

const OpenScan = ({ name, pages }: { readonly name: string; readonly pages: ScanPages }) => {
  const { t } = useTranslation();
  const sheet = useRef<HTMLDivElement>(null);
  const [fitWidth, setFitWidth] = useState(0);
  const [page, setPage] = useState(0);
  const [turn, setTurn] = useState<Turn>(0);
  const [zoomStep, setZoomStep] = useState(fitting);
  const zoom = zooms[zoomStep] ?? 1;
  useEffect(() => {
    const place = sheet.current;
    if (!place) return;
    const measure = new ResizeObserver(() => setFitWidth(place.clientWidth - 2 * sheetPadding));
    measure.observe(place);
    return () => measure.disconnect();
  }, []);
  const goTo = (next: number): void => {
    if (next < 0 || next >= pages.count) return;
    setPage(next);
    sheet.current?.scrollTo({ top: 0 });
  };
  const zoomBy = (steps: number): void => setZoomStep(Math.max(0, Math.min(zooms.length - 1, zoomStep + steps)));
  const turnOn = (): void => setTurn(turnedBy(turn, 1));
  useHotKeys({
    'page-on': () => goTo(page + 1),
    'page-back': () => goTo(page - 1),
    'zoom-in': () => zoomBy(1),
    'zoom-out': () => zoomBy(-1),
    turn: turnOn,
  });
  const where = t('scan.page', { page: page + 1, count: pages.count });
  return (
    <section className="scan" aria-label={name} data-testid="scan">
      <div className="scan-tools" role="toolbar" aria-label={t('scan.tools')}>
        <KeyIcon hotKey="page-back" icon={<LeftOutlined />} disabled={page === 0} onClick={() => goTo(page - 1)} />
        <span className="digits scan-where" role="status" data-testid="scan-where">
          {where}
        </span>
        <KeyIcon
          hotKey="page-on"
          icon={<RightOutlined />}
          disabled={page === pages.count - 1}
          onClick={() => goTo(page + 1)}
        />
        <span className="scan-gap" />
        <KeyIcon hotKey="zoom-out" icon={<ZoomOutOutlined />} disabled={zoomStep === 0} onClick={() => zoomBy(-1)} />
        <span className="digits scan-zoom">{Math.round(zoom * 100)}%</span>
        <KeyIcon
          hotKey="zoom-in"
          icon={<ZoomInOutlined />}
          disabled={zoomStep === zooms.length - 1}
          onClick={() => zoomBy(1)}
        />
        <KeyIcon hotKey="turn" icon={<RedoOutlined />} onClick={turnOn} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a page larger than its window is scrolled by keys */}
      <div className="scan-sheet" ref={sheet} tabIndex={0}>
        <ScanPage
          pages={pages}
          page={page}
          turn={turn}
          width={Math.max(0, fitWidth * zoom)}
          label={`${name} ${where}`}
        />
      </div>
    </section>
  );
};

const sheetPadding = 10;
