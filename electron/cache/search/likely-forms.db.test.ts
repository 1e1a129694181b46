import { expect, test } from 'vitest';
import { writeForm } from '../form-row.ts';
import { inFolder, openTestCache } from '../testing/cache-with-desk.ts';
import { writtenForm } from '../testing/written-form.ts';
import { likelyForms } from './likely-forms.ts';

const suggestions = [
  '建议在石桥镇营业厅增设老年人专用窗口，并配老花镜',
  '建议手机客户端增加流量用尽提醒',
  '建议降低校园套餐的违约金',
  '建议石桥镇营业厅周末延长营业时间',
  '建议账单用大字体打印，老年人看不清',
];

const withSuggestions = (does: (likely: (text: string, except?: string) => ReturnType<typeof likelyForms>) => void) =>
  inFolder((folder) => {
    const { database } = openTestCache(folder);
    database.write((writes) => {
      for (const [at, text] of suggestions.entries())
        writeForm(writes, writtenForm({ id: `s${at}`, kind: 'suggestion', changedAt: at * 86_400_000 }, { text }));
      writeForm(writes, writtenForm({ id: 'c', kind: 'complaint' }, { text: suggestions[0] ?? '' }));
      // What everybody writes, so that it says little.
      for (let at = 0; at < 600; at += 1) {
        const text = `建议改进服务，第${at}条`;
        writeForm(writes, writtenForm({ id: `o${at}`, kind: 'suggestion', changedAt: at * 3_600_000 }, { text }));
      }
    });
    does((text, except) =>
      database.read((reads) => likelyForms(reads, { kind: 'suggestion', text, except: except ?? null })),
    );
    database.close();
  });

test('J2 the suggestion said in other words comes first, one of another kind never', () =>
  withSuggestions((likely) => {
    const [first, ...others] = likely('希望石桥镇营业厅给老年人设专用窗口');
    expect(first).toMatchObject({ id: 's0', excerpt: suggestions[0] });
    expect(others.map(({ score }) => score)).toEqual(others.map(({ score }) => score).sort((a, b) => b - a));
    expect(others.map(({ id }) => id)).not.toContain('c');
    expect(first?.score).toBeGreaterThan(2 * (others[0]?.score ?? 0));
  }));

test('J2 candidates come while typing, from three shingles on, and become surer', () =>
  withSuggestions((likely) => {
    const whole = '建议手机客户端增加流量用尽提醒';
    expect(likely('建')).toEqual([]);
    const scores = [9, 12, whole.length].map((length) => {
      const [first] = likely(whole.slice(0, length));
      expect(first?.id).toBe('s1');
      return first?.score ?? 0;
    });
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    expect(scores.at(-1)).toBe(1);
  }));

test('J2 the form being written is not its own duplicate, and what is like nothing has none', () =>
  withSuggestions((likely) => {
    expect(likely(suggestions[1] ?? '', 's1').map(({ id }) => id)).not.toContain('s1');
    expect(likely('机房空调噪音扰民需整改')).toEqual([]);
    expect(likely('')).toEqual([]);
    expect(likely('"" AND ( * 建议')).toEqual([]);
  }));

test('J2 at most eight candidates are given', () =>
  withSuggestions((likely) => {
    expect(likely('建议改进服务，第12条')).toHaveLength(8);
  }));
