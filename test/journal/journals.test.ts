import { describe, expect, it } from 'vitest';
import { memoryJournal } from '../../src/journal/memory/memoryJournal.ts';
import { chartSuite } from './chartSuite.ts';
import { dealsSuite } from './dealsSuite.ts';
import { day, journalFolder, monday, orderRow, sample, sampleRow } from './fixtures.ts';
import { ordersSuite } from './ordersSuite.ts';
import { journalSuite, type JournalUnderTest } from './journalSuite.ts';
import { statisticsSuite } from './statisticsSuite.ts';

describe('memory journal', () => {
  const open = (): JournalUnderTest => {
    const journal = memoryJournal();
    return { journal, dispose: () => journal.close() };
  };
  journalSuite(open);
  statisticsSuite(open);
  chartSuite(open);
  ordersSuite(open);
  dealsSuite(open);

  it('shows its rows to tests, the oldest first and not without end', () => {
    const journal = memoryJournal();
    journal.write([orderRow(1), sampleRow(sample(monday, 1))]);
    expect(journal.entries().map(({ entry }) => entry.type)).toEqual(['order', 'sample']);
    for (let count = 0; count < 20_000; count += 1) journal.write([sampleRow(sample(monday + count, 1))]);
    expect(journal.entries().length).toBeLessThanOrEqual(12_500);
    expect(journal.findOrder(1)).not.toBeNull();
  });
});

describe('SQLite journal', () => {
  const open = (): JournalUnderTest => {
    const folder = journalFolder();
    folder.clock.now = monday + day;
    return { journal: folder.open().journal, dispose: folder.remove };
  };
  journalSuite(open);
  statisticsSuite(open);
  chartSuite(open);
  ordersSuite(open);
  dealsSuite(open);
});
