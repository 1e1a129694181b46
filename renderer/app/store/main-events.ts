import type { DeskBridge } from '../../../contract/ipc.ts';
import { readAttention } from './attention-slice.ts';
import { readDeadlines } from './deadlines-slice.ts';
import { queueTaken, seatTaken, sessionTaken, settingsTaken, syncTaken } from './desk-slice.ts';
import { readForm } from './edit-form.ts';
import { progressTaken } from './files-slice.ts';
import { readFormList } from './form-list-slice.ts';
import { countsTaken, deskCountsTaken, readDeskCounts, readInbox, readInboxCounts } from './inbox-slice.ts';
import { phoneTaken } from './phone-slice.ts';
import { comesWithCall } from './receive-form.ts';
import { refreshKnowledge } from './search-knowledge.ts';
import type { DeskStore } from './store.ts';
import { transferTaken } from './transfer-slice.ts';

const listPauseMs = 150;

/**
 * Takes what main tells this window into the slices: first what stands now, then each change.
 * Returns the function that stops it.
 */
export const followMain = (bridge: DeskBridge, { dispatch, getState }: DeskStore): (() => void) => {
  let listTimer: ReturnType<typeof setTimeout> | undefined;
  // A burst of changes, as after a pull, reads the list once.
  const readListSoon = (): void => {
    clearTimeout(listTimer);
    listTimer = setTimeout(() => {
      void dispatch(readFormList());
      void dispatch(readInbox());
      void dispatch(readDeadlines());
      // A card tells what the centre has now, which may come after the refusal.
      if (getState().attention.cards.length > 0) void dispatch(readAttention());
    }, listPauseMs);
  };

  const stops = [
    bridge.on('session.changed', (session) => session && dispatch(sessionTaken(session))),
    bridge.on('settings.changed', (settings) => dispatch(settingsTaken(settings))),
    bridge.on('seat.changed', (seat) => dispatch(seatTaken(seat))),
    bridge.on('queue.changed', ({ waiting }) => dispatch(queueTaken(waiting))),
    bridge.on('inbox.changed', (counts) => dispatch(countsTaken(counts))),
    bridge.on('knowledge.changed', () => void dispatch(refreshKnowledge())),
    bridge.on('transfer.changed', (transfer) => dispatch(transferTaken(transfer))),
    bridge.on('desk.changed', (counts) => dispatch(deskCountsTaken(counts))),
    bridge.on('file.progress', (progress) => dispatch(progressTaken(progress))),
    bridge.on('phone.changed', (snapshot) => dispatch(phoneTaken(snapshot))),
    bridge.on('sync.changed', (sync) => {
      const { attention, held } = getState().desk.sync;
      // A card tells what waits behind it.
      const attentionChanged = sync.attention !== attention || sync.held !== held;
      dispatch(syncTaken(sync));
      if (attentionChanged) void dispatch(readAttention());
    }),
    bridge.on('form.changed', ({ form }) => {
      readListSoon();
      const { editor, phone } = getState();
      if (form === null) {
        for (const shown of Object.keys(editor.views)) void dispatch(readForm(shown));
        return;
      }
      if (editor.views[form] || comesWithCall(phone.snapshot.calls, form)) void dispatch(readForm(form));
    }),
  ];

  void bridge.request('seat.read', undefined).then((seat) => dispatch(seatTaken(seat)));
  void bridge.request('sync.read', undefined).then((sync) => dispatch(syncTaken(sync)));
  void bridge.request('transfer.read', undefined).then((transfer) => dispatch(transferTaken(transfer)));
  void bridge.request('phone.read', undefined).then((snapshot) => dispatch(phoneTaken(snapshot)));
  void dispatch(readAttention());
  void dispatch(readFormList());
  void dispatch(readInboxCounts());
  void dispatch(readDeadlines());
  void dispatch(readDeskCounts());

  return () => {
    clearTimeout(listTimer);
    for (const stop of stops) stop();
  };
};
