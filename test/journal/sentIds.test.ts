import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SentIds } from '../../src/journal/rows/sentIds.ts';
import { journalFolder, orderRow } from './fixtures.ts';

describe('the filter of signal IDs', () => {
  it('has every ID that was added, on its bridge, and few others', () => {
    const ids = new SentIds();
    const name = (index: number): string => `ELITE_RAPID_EURUSD_${String(1_756_773_488 + index)}`;
    for (let index = 0; index < 200_000; index += 1) ids.add('main', name(index));
    let missed = 0;
    let mistaken = 0;
    for (let index = 0; index < 200_000; index += 1) {
      if (!ids.mayHave('main', name(index))) missed += 1;
      if (ids.mayHave('other', name(index))) mistaken += 1;
      if (ids.mayHave('main', name(index + 200_000))) mistaken += 1;
    }
    expect(missed).toBe(0);
    expect(mistaken).toBeLessThan(400);
  });

  it('has what either of two had when they are joined', () => {
    const one = new SentIds();
    const other = new SentIds();
    one.add('main', 'A');
    other.add('main', 'B');
    one.join(other);
    expect([one.mayHave('main', 'A'), one.mayHave('main', 'B'), one.mayHave('main', 'C')]).toEqual([true, true, false]);
  });
});

describe('an order of an earlier start', () => {
  it('is found in a small journal', async () => {
    const folder = journalFolder();
    const before = folder.open().journal;
    before.write([orderRow(1, { signalId: 'EARLIER' })]);
    await before.close();
    const { journal } = folder.open();
    expect(journal.findSent('main', 'EARLIER')?.number).toBe(1);
    expect(journal.findSent('main', 'NEVER')).toBeNull();
    await journal.close();
    await folder.remove();
  });

  it('is found in one too large to be read at the start, before and after its rest was read', async () => {
    const folder = journalFolder();
    const before = folder.open().journal;
    const frame = new Uint8Array(64_000);
    for (let number = 1; number <= 600; number += 1) before.write([orderRow(number, {}, frame)]);
    await before.close();
    expect(statSync(join(folder.path, 'journal.db')).size).toBeGreaterThan(32 * 1024 * 1024);

    const { journal, tidy } = folder.open();
    expect(journal.findSent('main', 'S300')?.number).toBe(300);
    journal.write([orderRow(601, { signalId: 'MEANWHILE' })]);
    await tidy();
    expect(journal.findSent('main', 'S300')?.number).toBe(300);
    expect(journal.findSent('main', 'MEANWHILE')?.number).toBe(601);
    expect(journal.findSent('main', 'NEVER')).toBeNull();
    await journal.close();
    await folder.remove();
  });
});
