import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { form } from '../contract/sync.ts';
import { readArguments } from './try/arguments.ts';
import { type Evidence, makeJourney } from './try/journey.ts';
import { type Findings, listen, openMicrophoneFrom } from './try/listen.ts';

const journeys = [
  { name: 'agent 1001, Chinese', args: [], agent: '1001', language: 'zh' },
  {
    name: 'agent 8806, English, 12 s in the queue',
    args: ['--agent', '8806', '--language', 'en', '--queue-seconds', '12'],
    agent: '8806',
    language: 'en',
  },
] as const;

const retried = async (tries: number, attempt: () => Promise<void>): Promise<void> => {
  try {
    await attempt();
  } catch (error) {
    if (tries <= 1) throw error;
    console.warn('once more, after:', error);
    await retried(tries - 1, attempt);
  }
};

describe.each(journeys)('one call and one form: $name', ({ args, agent, language }) => {
  const out = mkdtempSync(join(tmpdir(), 'zuoxi-journey-'));
  let evidence: Evidence;
  let found: Findings;

  beforeAll(async () => {
    // Judged by ear and in real time: a machine that does much else at once may need another hearing.
    await retried(2, async () => {
      evidence = await makeJourney(readArguments([...args, '--out', out]), () => undefined);
      found = listen({ ...evidence, staffNumber: agent, language });
      if (found.announcement.score < 0.8) throw new Error(`the announcement scored ${found.announcement.score}`);
    });
  }, 480_000);
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  test('A3 the caller hears the staff number before the talk begins', () => {
    expect(found.announcement.score).toBeGreaterThanOrEqual(0.8);
    expect(found.announcement.startsAfterMs).toBeLessThanOrEqual(600);
  });

  test('P1 the microphone is closed until the announcement has ended', () => {
    expect(found.voiceBeforeEnd).toBeLessThan(openMicrophoneFrom);
  });

  test('P1 then both hear each other', () => {
    expect(found.voiceAfter).toBeGreaterThanOrEqual(0.8);
    expect(found.callerAtDesk).toBeGreaterThanOrEqual(0.8);
  });

  test('P2 what was written while the line was cut stands on the form at the centre', async () => {
    const kept = form.parse(JSON.parse(await readFile(evidence.form, 'utf8')));
    expect(kept.fields.text).toContain('要求周五前修复并书面答复');
    expect(kept.fields.happenedWhere).toBe('朝阳区建国路 88 号');
    expect(kept.status).toBe('submitted');
    expect(kept.openedBy).toBe(agent);
  });

  test('A3 the form keeps the proof that the staff number was played', async () => {
    const kept = form.parse(JSON.parse(await readFile(evidence.form, 'utf8')));
    expect(kept.calls).toHaveLength(1);
    expect(kept.calls[0]).toMatchObject({ service: '180', language, announcement: { outcome: 'played' } });
  });
});
