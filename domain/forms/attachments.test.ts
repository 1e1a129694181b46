import { describe, expect, test } from 'vitest';
import { emptyComplaint } from './complaint.ts';
import type { Form } from './form.ts';
import { done, make, refusalOf } from './perform.fixture.ts';
import { deskOf, stages, stageTables } from './procedure/stages.ts';

const file = {
  id: '22222222-2222-4222-8222-222222222222',
  sha256: 'a'.repeat(64),
  name: '账单.pdf',
  mediaType: 'application/pdf',
  size: 10,
};

const opened = done(
  undefined,
  make('form.open', {
    number: '261124-0017-001-5',
    kind: 'complaint',
    origin: { via: 'desk', channel: 'voice' },
    fields: emptyComplaint,
    attachments: [],
  }),
);
const inStage = (stage: Form['procedure']['stage']): Form => ({
  ...opened,
  status: stage === 'drafting' ? 'draft' : 'submitted',
  procedure: { ...opened.procedure, stage },
});

describe.each(stages.filter((stage) => stageTables.complaint[stage]))('of a complaint in stage %s', (stage) => {
  test('an agent adds a file, a department does not', () => {
    expect(done(inStage(stage), make('form.attach', file)).attachments).toEqual([file]);
    expect(refusalOf(inStage(stage), make('form.attach', file, '7001'), ['department'])).toEqual({
      code: 'not-allowed',
      right: 'form.edit',
    });
  });

  test('who records it takes a file off, a senior as long as it is at work, and nobody once it is at an end', () => {
    const withFile = { ...inStage(stage), attachments: [file] };
    const detach = make('form.detach', { attachmentId: file.id });
    const byJunior = refusalOf(withFile, detach);
    const bySenior = refusalOf(withFile, detach, ['senior-agent']);
    expect(byJunior).toEqual(stage === 'drafting' ? undefined : { code: 'already-submitted' });
    expect(bySenior).toEqual(deskOf('complaint', stage) === 'nobody' ? { code: 'already-submitted' } : undefined);
  });
});
