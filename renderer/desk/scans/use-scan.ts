import { useEffect, useState } from 'react';
import { readAttachment } from '../../app/store/attach-files.ts';
import type { FormFailure } from '../../app/store/editor-slice.ts';
import { useDeskDispatch } from '../../app/store/store.ts';
import { openScan, type ScanFault } from './open-scan.ts';
import type { ScanPages } from './pages.ts';

export type ScanState =
  | { readonly phase: 'fetching' }
  | { readonly phase: 'failed'; readonly fault: ScanFault['code'] | FormFailure['code'] }
  | { readonly phase: 'open'; readonly pages: ScanPages };

/** The file of this hash, fetched once and opened; closed when it leaves the screen. */
export const useScan = (sha256: string, attempt: number): ScanState => {
  const dispatch = useDeskDispatch();
  const [state, setState] = useState<ScanState>({ phase: 'fetching' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt fetches the same file again
  useEffect(() => {
    let wanted = true;
    let opened: ScanPages | null = null;
    setState({ phase: 'fetching' });
    const open = async (): Promise<void> => {
      const bytes = await dispatch(readAttachment(sha256));
      const scan = bytes.ok ? await openScan(bytes.value) : bytes;
      if (scan.ok && wanted) {
        opened = scan.value;
        setState({ phase: 'open', pages: scan.value });
      } else if (scan.ok) scan.value.close();
      else if (wanted) setState({ phase: 'failed', fault: scan.error.code });
    };
    void open();
    return () => {
      wanted = false;
      opened?.close();
    };
  }, [sha256, attempt, dispatch]);
  return state;
};
