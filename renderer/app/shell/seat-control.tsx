import {
  BellOutlined,
  CheckCircleOutlined,
  CoffeeOutlined,
  EditOutlined,
  PhoneOutlined,
  PoweroffOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeatPhase } from '../../../domain/people/seat-state.ts';
import { clockTime } from '../i18n/format.ts';
import { KeyButton } from '../parts/key-button.tsx';
import { useNow } from '../parts/use-now.ts';
import { useDeskDispatch, useDeskSelector } from '../store/store.ts';
import { sendSeatEvent } from '../store/work-calls.ts';

const icons: Record<SeatPhase, ReactNode> = {
  off: <PoweroffOutlined />,
  break: <CoffeeOutlined />,
  ready: <CheckCircleOutlined />,
  ringing: <BellOutlined />,
  talking: <PhoneOutlined />,
  'wrap-up': <EditOutlined />,
};

const mayBeReady: readonly SeatPhase[] = ['break', 'wrap-up'];
const mayPause: readonly SeatPhase[] = ['ready', 'wrap-up'];

/** What the seat is doing and since when, and the two things an agent may make of it. */
export const SeatControl = () => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const seat = useDeskSelector((state) => state.desk.seat);
  const clockOffsetMs = useDeskSelector((state) => state.desk.sync.clockOffsetMs);
  const serverNow = useNow(seat !== null) + clockOffsetMs;
  const phase = seat?.phase ?? 'off';
  return (
    <fieldset className="seat" aria-label={t('seat.title')}>
      <div className={`seat-phase seat-${phase}`} role="status" data-testid="seat-phase" data-value={phase}>
        <span aria-hidden="true">{icons[phase]}</span>
        <span className="seat-word">{t(seat ? `seat.${phase}` : 'seat.unknown')}</span>
        {seat && (
          <time className="digits" aria-live="off" data-testid="seat-timer">
            {clockTime(serverNow - seat.since)}
          </time>
        )}
      </div>
      {typeof seat?.wrapUpEndsAt === 'number' && (
        <span className="seat-left digits" aria-live="off" data-testid="wrap-up-left">
          {t('seat.wrapUpLeft', { time: clockTime(seat.wrapUpEndsAt - serverNow) })}
        </span>
      )}
      {seat?.notice && (
        <span className="seat-notice" role="status" data-testid="seat-notice" data-value={seat.notice}>
          <WarningOutlined aria-hidden="true" /> {t(`seat.notice.${seat.notice}`)}
        </span>
      )}
      <KeyButton
        hotKey="toggle-ready"
        testId="seat-ready"
        type={mayBeReady.includes(phase) ? 'primary' : 'default'}
        disabled={!mayBeReady.includes(phase)}
        onClick={() => void dispatch(sendSeatEvent('make-ready'))}
      >
        {t('seat.makeReady')}
      </KeyButton>
      <KeyButton
        hotKey="toggle-ready"
        testId="seat-break"
        disabled={!mayPause.includes(phase)}
        onClick={() => void dispatch(sendSeatEvent('pause'))}
      >
        {t('seat.pause')}
      </KeyButton>
    </fieldset>
  );
};
