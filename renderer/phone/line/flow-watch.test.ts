import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchFlow } from './flow-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const watched = () => {
  const parts = { ping: vi.fn<() => void>(), lost: vi.fn<() => void>() };
  return { ...parts, watch: watchFlow(parts) };
};

test('RFC 5626 a far end that stops answering keep-alives is lost', () => {
  const { watch, ping, lost } = watched();
  vi.advanceTimersByTime(15_000);
  watch.heard();
  vi.advanceTimersByTime(15_000);
  expect(ping).toHaveBeenCalledTimes(2);
  expect(lost).not.toHaveBeenCalled();
  vi.advanceTimersByTime(8_000);
  expect(lost).toHaveBeenCalledTimes(1);
  watch.stop();
});

test('a far end that never answered a keep-alive is not judged by it', () => {
  const { watch, lost } = watched();
  vi.advanceTimersByTime(120_000);
  expect(lost).not.toHaveBeenCalled();
  watch.stop();
});

test('a probe asks at once, and only once at a time', () => {
  const { watch, ping } = watched();
  watch.probe();
  watch.probe();
  expect(ping).toHaveBeenCalledTimes(1);
  watch.stop();
  vi.advanceTimersByTime(60_000);
  expect(ping).toHaveBeenCalledTimes(1);
});
