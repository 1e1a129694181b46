import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '../../domain/access/language.ts';
import { RtpRecorder } from '../audio/rtp-recorder.ts';
import { callerVoiceFile } from '../caller/caller-voice.ts';
import { callBySipp } from '../caller/sipp-caller.ts';
import { launchDesk } from '../desk/launch-desk.ts';
import { makeReady, seatPhase, signIn, waitForEmptyOutbox } from '../desk/work-desk.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { layLine } from '../stage/line.ts';
import { readRecords } from '../stage/read-records.ts';
import { waitUntil } from '../stage/wait-until.ts';
import type { TryArguments } from './arguments.ts';
import { hearAtDesk } from './hear-at-desk.ts';
import { seatAcknowledgedAt } from './sip-trace.ts';
import { talkOnScreen, workForm } from './work-call.ts';

const voices = join(import.meta.dirname, '../voices');
const callerNumber = '13800001234';

/** What a whole journey leaves behind, all in one folder. */
export interface Evidence {
  readonly callerHeard: string;
  readonly agentHeard: string;
  readonly form: string;
  readonly sipTrace: string;
  /** ms since the epoch at which the first sample of `callerHeard` was heard. */
  readonly callerHeardFrom: number;
  /** ms since the epoch of the switch's ACK to the agent's 200 OK. */
  readonly acknowledgedAt: number;
}

type Report = (step: string) => void;

/**
 * The main job without hands: a real call by sipp, answered in the real Electron through its screen,
 * talked both ways, its form filled, the line to the server cut and restored, hung up.
 */
export const makeJourney = async (given: TryArguments, report: Report): Promise<Evidence> => {
  await rm(given.out, { recursive: true, force: true });
  await mkdir(given.out, { recursive: true });
  const closers: (() => Promise<unknown>)[] = [];
  try {
    return await travel(given, report, (close) => closers.unshift(close));
  } finally {
    for (const close of closers) await close().catch((error: unknown) => report(`while closing: ${String(error)}`));
  }
};

const travel = async (
  given: TryArguments,
  report: Report,
  later: (close: () => Promise<unknown>) => void,
): Promise<Evidence> => {
  const inOut = (name: string) => join(given.out, name);
  const centre = await startCentre({ dataDir: inOut('centre') });
  later(centre.stop);
  report(`the centre listens: ${centre.url}, SIP on UDP ${centre.sipPort}`);

  const line = await layLine(centre.httpPort);
  later(line.close);
  const desk = await launchDesk({
    serverUrl: line.url,
    userDataDir: inOut('desk-profile'),
    fakeMicrophoneWav: join(voices, 'agent.wav'),
  });
  later(desk.close);
  await signIn(desk, given.agent, `zuoxi-${given.agent}`);
  report(`agent ${given.agent} is signed in and the softphone registered`);
  if (given.queueSeconds === 0) await makeReady(desk);

  const ear = await RtpRecorder.open();
  later(async () => ear.close());
  const call = await callBySipp({
    sipPort: centre.sipPort,
    from: callerNumber,
    dialled: '1000',
    keys: [
      { digit: keyOfLanguage[given.language], afterMs: 2_500 },
      { digit: '1', afterMs: 2_000 },
    ],
    voiceFile: await voiceWithPauses(inOut('caller.ulaw')),
    hearAt: ear.port,
    workDir: inOut('sipp'),
  });
  later(async () => call.kill());
  report(`${callerNumber} calls 1000 and keys ${keyOfLanguage[given.language]} for the language, 1 for complaints`);

  if (given.queueSeconds > 0) {
    await waitUntil('the caller is in the queue', async () => (await waitingCallers(centre)) > 0);
    report(`the caller waits ${given.queueSeconds} s in the queue`);
    await new Promise((resolve) => setTimeout(resolve, given.queueSeconds * 1_000));
    await makeReady(desk);
  }
  await talkOnScreen(desk, callerNumber, given.out, report);
  const agentHeard = inOut('agent-heard.wav');
  await hearAtDesk(desk.phonePage, 12, agentHeard);
  report('both have talked for 12 s; what the agent heard is kept');

  await workForm(desk, line, given.out, report);
  await desk.deskPage.getByTestId('call-hangup').click();
  const sippExit = await call.ended;
  if (sippExit !== 0) throw new Error(`sipp ended with ${sippExit}: ${await call.lastWords()}`);
  report('the agent hung up; the caller got the BYE');
  await waitUntil('wrap-up begins', async () => (await seatPhase(desk)) === 'wrap-up');
  await waitForEmptyOutbox(desk);

  const callerHeard = inOut('caller-heard.wav');
  const callerHeardFrom = ear.writeWav(callerHeard);
  await desk.close();
  await centre.stop();
  const form = inOut('form.json');
  const { forms } = await readRecords(centre.dataDir);
  const [record, ...others] = forms.filter(({ fields }) => fields.contactNumber === callerNumber);
  if (!record || others.length > 0) throw new Error(`${forms.length} forms in the records, not one of this caller`);
  await writeFile(form, `${JSON.stringify(record, null, 2)}\n`);
  report(`the form is in the server's database: ${record.number}, ${record.status}`);
  const sipTrace = inOut('sip-trace.jsonl');
  await copyFile(centre.sipTraceFile, sipTrace);
  const acknowledgedAt = seatAcknowledgedAt(await readFile(sipTrace, 'utf8'));
  return { callerHeard, agentHeard, form, sipTrace, callerHeardFrom, acknowledgedAt };
};

const keyOfLanguage: Record<Language, string> = { zh: '1', en: '2' };

/** From the figures the centre publishes for Prometheus. */
const waitingCallers = async (centre: Centre): Promise<number> => {
  const figures = await (await fetch(`${centre.url}/metrics`)).text();
  return Number(/^zuoxi_queue_waiting(?:\{\})? (\d+)/m.exec(figures)?.[1] ?? 0);
};

/** 160 samples a packet, as sipp sends them. */
const pauseBytes = 160 * 200;
const muLawSilence = 0xff;

/** The caller speaks, then listens for 4 s: an echo canceller makes two who talk over each other choppy. */
const voiceWithPauses = async (file: string): Promise<string> => {
  const voice = await readFile(callerVoiceFile);
  const whole = voice.subarray(0, voice.length - (voice.length % 160));
  await writeFile(file, Buffer.concat([whole, Buffer.alloc(pauseBytes, muLawSilence)]));
  return file;
};
