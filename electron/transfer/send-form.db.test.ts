import { expect, test } from 'vitest';
import { agent, author, inFolder, openTestCache, testVault } from '../cache/testing/cache-with-desk.ts';
import { openForm } from '../cache/work-form.ts';
import { enterWorkplace } from '../session/workplace.ts';
import { openFakeCentre } from '../sync/testing/fake-centre.ts';
import { sendForm } from './send-form.ts';

test('J1 a form is sent once the centre has all of it; with no centre it is not, and nobody waits for long', () =>
  inFolder(async (folder) => {
    const centre = await openFakeCentre();
    const cache = openTestCache(folder);
    const workplace = enterWorkplace({
      cache,
      vault: testVault,
      server: centre.url,
      person: agent,
      password: 'right',
      tokens: undefined,
      broadcast: () => undefined,
      now: Date.now,
      random: Math.random,
    });
    const open = (): string => {
      const opened = cache.database.write((writes) => openForm(writes, author(), {}));
      if (!opened.ok) throw new Error(opened.error.code);
      return opened.value.id;
    };
    expect(await sendForm(workplace, open())).toBe(true);
    await centre.close();
    expect(await sendForm(workplace, open())).toBe(false);
    const left = open();
    const sending = sendForm(workplace, left);
    await workplace.leave();
    expect(await sending).toBe(false);
  }));
