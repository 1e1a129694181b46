import type { CallPass } from '../../contract/web.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import type { Centre } from '../centre.ts';
import { element } from '../elements.ts';
import type { TicketKeeper } from '../ticket-keeper.ts';
import { onLanguageChanged, say } from '../words.ts';
import { type CallEnd, type CallState, endOfMicrophone, endOfRefusal, isGoing, isUp } from './call-state.ts';
import { keyOf, wirePad } from './key-pad.ts';
import { watchLevel } from './level.ts';
import type { PhoneCall } from './phone.ts';

/** A1: the call from the browser, with a key pad, mute and the state in words. */
export const wireCallView = (parts: { readonly centre: Centre; readonly tickets: TicketKeeper }): void => {
  const start = element('call-start', HTMLButtonElement);
  const hangUp = element('call-hang-up', HTMLButtonElement);
  const mute = element('call-mute', HTMLButtonElement);
  const tools = element('call-tools', HTMLElement);
  const level = element('level', HTMLMeterElement);
  const farEnd = new Audio();
  let state: CallState = { phase: 'idle' };
  let call: PhoneCall | undefined;
  let microphone: MediaStream | undefined;
  let muted = false;
  let stopLevel = (): void => undefined;
  let clock: ReturnType<typeof setInterval> | undefined;

  const render = (): void => {
    const why = state.phase === 'ended' ? state.why : undefined;
    // An end that was meant is no problem.
    const meant = why === 'hung-up' || why === 'hotline-hung-up';
    element('call-state', HTMLElement).textContent =
      state.phase === 'ended' ? say(meant ? `end.${state.why}` : 'call.idle') : say(`call.${state.phase}`);
    element('call-state', HTMLElement).dataset['phase'] = state.phase;
    element('call-dot', HTMLElement).dataset['phase'] = state.phase;
    element('call-problem', HTMLElement).textContent = why === undefined || meant ? '' : say(`end.${why}`);
    start.hidden = isGoing(state);
    start.dataset['word'] = state.phase === 'idle' ? 'callStart' : 'callAgain';
    start.textContent = say(state.phase === 'idle' ? 'callStart' : 'callAgain');
    hangUp.hidden = !isGoing(state);
    mute.hidden = !isUp(state);
    tools.hidden = !isUp(state);
    mute.textContent = say(muted ? 'unmute' : 'mute');
    mute.setAttribute('aria-pressed', String(muted));
    element('muted-note', HTMLElement).textContent = muted && isUp(state) ? say('muted') : '';
    renderTimer();
  };
  const renderTimer = (): void => {
    const seconds = 'since' in state ? Math.floor((Date.now() - state.since) / 1_000) : undefined;
    element('call-timer', HTMLElement).textContent =
      seconds === undefined ? '' : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  };

  const enter = (next: CallState): void => {
    const hadFocus = document.activeElement === start || document.activeElement === hangUp;
    state = next;
    render();
    // The button that was pressed is gone: the one in its place takes the focus.
    if (hadFocus) (isGoing(state) ? hangUp : start).focus();
  };
  const end = (why: CallEnd): void => {
    call = undefined;
    stopLevel();
    clearInterval(clock);
    for (const track of microphone?.getTracks() ?? []) track.stop();
    microphone = undefined;
    farEnd.srcObject = null;
    enter({ phase: 'ended', why });
  };

  const place = async (): Promise<void> => {
    muted = false;
    pad.clear();
    enter({ phase: 'asking' });
    const opened = await openMicrophone();
    if (!opened.ok) return end(opened.error);
    microphone = opened.value;
    // Hung up while the browser asked.
    if (!isGoing(state)) return end('hung-up');
    enter({ phase: 'connecting' });
    const pass = await getPass(parts);
    if (!isGoing(state)) return;
    if (!pass.ok) return end(pass.error);
    const { callHotline } = await import('./phone.ts');
    if (!isGoing(state)) return;
    call = callHotline(pass.value, opened.value, {
      onRinging: () => enter({ phase: 'ringing' }),
      onAnswered: (stream) => {
        farEnd.srcObject = stream;
        // Calling was a gesture, so that no browser refuses to play.
        farEnd.play().catch(() => undefined);
        stopLevel = watchLevel(opened.value, (loudness) => {
          level.value = muted ? 0 : loudness;
        });
        clock = setInterval(renderTimer, 1_000);
        enter({ phase: 'talking', since: Date.now() });
      },
      onLineLost: () => {
        if (state.phase === 'talking') enter({ ...state, phase: 'reconnecting' });
      },
      onLineRestored: () => {
        if (state.phase === 'reconnecting') enter({ ...state, phase: 'talking' });
      },
      onEnded: end,
    });
  };

  const pad = wirePad((digit) => call?.press(digit));
  start.addEventListener('click', () => {
    if (!isGoing(state)) place().catch(() => end('unavailable'));
  });
  hangUp.addEventListener('click', () => {
    if (call) call.hangUp();
    else end('hung-up');
  });
  mute.addEventListener('click', () => {
    muted = !muted;
    for (const track of microphone?.getAudioTracks() ?? []) track.enabled = !muted;
    render();
  });
  document.addEventListener('keydown', (event) => {
    const digit = keyOf(event);
    if (digit === undefined || !isUp(state) || element('call-view', HTMLElement).hidden) return;
    event.preventDefault();
    pad.press(digit);
  });
  // Somebody who closes the tab hangs up.
  addEventListener('pagehide', () => call?.hangUp());
  onLanguageChanged(render);
  render();
};

const openMicrophone = async (): Promise<Result<MediaStream, CallEnd>> => {
  // Undefined where the page did not come over HTTPS, whatever the types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (!devices || !('RTCPeerConnection' in window)) return refused('not-supported');
  try {
    const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    return ok(await devices.getUserMedia({ audio }));
  } catch (error) {
    return refused(endOfMicrophone(error instanceof DOMException ? error.name : ''));
  }
};

const getPass = async (parts: {
  readonly centre: Centre;
  readonly tickets: TicketKeeper;
}): Promise<Result<CallPass, CallEnd>> => {
  for (let left = 2; ; left--) {
    const ticket = await parts.tickets.current();
    if (!ticket.ok) return refused(endOfRefusal(ticket.error.code));
    const pass = await parts.centre.callPass(ticket.value);
    if (pass.ok) return pass;
    if (pass.error.code !== 'ticket-ended' || left === 1) return refused(endOfRefusal(pass.error.code));
    parts.tickets.forget();
  }
};
