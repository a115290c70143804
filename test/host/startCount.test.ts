import { describe, expect, it } from 'vitest';
import { StartCount } from '../../src/host/folder/startCount.ts';
import { memoryJournal } from '../../src/journal/memory/memoryJournal.ts';

const counted = (journal = memoryJournal(), marked = 0, generation = 0) => {
  let marks = 0;
  const count = new StartCount(
    journal,
    { marked, generation },
    () => 1,
    () => {
      marks += 1;
    },
  );
  return { count, journal, marks: () => marks };
};

describe('the count of starts', () => {
  it('rises with each start, above what the mark and earlier versions know', () => {
    const first = counted();
    expect(first.count.current).toBe(1);
    expect(counted(first.journal).count.current).toBe(2);
    // A journal restored from an older copy, beside the mark of this machine.
    expect(counted(first.journal, 9).count.current).toBe(10);
    expect(counted(memoryJournal(), 0, 6).count.current).toBe(7);
  });

  it('is raised above an EA that a person takes over, for later starts too, and never falls', () => {
    const { count, journal, marks } = counted();
    count.raise(20);
    expect(count.current).toBe(20);
    expect(marks()).toBe(1);
    count.raise(3);
    expect(count.current).toBe(20);
    expect(counted(journal).count.current).toBe(21);
  });

  it('stays where it can not be written', () => {
    const { count, journal } = counted();
    journal.write = () => {
      throw new Error('disk full');
    };
    expect(() => {
      count.raise(20);
    }).toThrow('disk full');
    expect(count.current).toBe(1);
  });
});
