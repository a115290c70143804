import { describe, expect, it } from 'vitest';
import type { KillSwitchState } from '../../src/api/state/state.ts';
import type { KillMark } from '../../src/controller/ports/killMark.ts';
import { memoryJournal } from '../../src/journal/memory/memoryJournal.ts';
import { bridgeBench } from '../support/bridgeBench.ts';

/** A mark whose disk can be full. */
class FakeMark implements KillMark {
  found: KillSwitchState | null = null;
  full = false;

  write(state: KillSwitchState | null): void {
    if (this.full) throw new Error('ENOSPC: no space left on device');
    this.found = state;
  }
}

describe('the kill switch in two places', () => {
  it('is in the mark at once, and is tried again where it can not be', () => {
    const killMark = new FakeMark();
    const bench = bridgeBench({}, { killMark });
    killMark.full = true;
    bench.controller.risk.kill('ticket');
    expect(bench.controller.snapshot().state.killSwitch).not.toBeNull();
    killMark.full = false;
    bench.clock.advance(1_000);
    expect(killMark.found).toMatchObject({ by: 'ticket' });
  });

  it('is not released while the journal can not be written, and the mark says so', () => {
    const killMark = new FakeMark();
    const journal = memoryJournal();
    const bench = bridgeBench({}, { killMark, journal });
    bench.controller.risk.kill('ticket');
    const write = journal.write.bind(journal);
    journal.write = () => {
      throw new Error('The disk is full.');
    };
    expect(() => {
      bench.controller.risk.release('ticket');
    }).toThrow('stays on');
    bench.clock.advance(1_000);
    expect([bench.controller.snapshot().state.killSwitch, killMark.found]).toEqual([
      expect.objectContaining({ by: 'ticket' }),
      expect.objectContaining({ by: 'ticket' }),
    ]);
    journal.write = write;
    bench.clock.advance(1_000);
    const again = bridgeBench({}, { killMark: new FakeMark(), journal });
    expect(again.controller.snapshot().state.killSwitch).not.toBeNull();
    bench.controller.risk.release('ticket');
    expect([bench.controller.snapshot().state.killSwitch, killMark.found]).toEqual([null, null]);
  });

  it('is on at a start where either place says so', () => {
    const pressed: KillSwitchState = { at: 1, by: 'ticket' };
    const killMark = new FakeMark();
    killMark.found = pressed;
    const journal = memoryJournal();
    expect(bridgeBench({}, { killMark, journal }).controller.snapshot().state.killSwitch).toEqual(pressed);
    const empty = new FakeMark();
    expect(bridgeBench({}, { killMark: empty, journal }).controller.snapshot().state.killSwitch).toEqual(pressed);
    expect(empty.found).toEqual(pressed);
  });
});
