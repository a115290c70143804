import { describe, expect, it, vi } from 'vitest';
import { memoryJournal } from '../../src/journal/memory/memoryJournal.ts';
import { bench8, hello } from '../support/bench8.ts';
import { addBridge } from '../support/secondBridge.ts';

type Bench = ReturnType<typeof bench8>;

/** The switches for closes alone that the desk has sent since the last call. */
function switches({ read, told }: Bench): boolean[] {
  read();
  return told.splice(0).flatMap((command) => (command.type === 'close_only' ? [command.on] : []));
}

/** The EA's connection breaks and comes back. */
function rejoin({ bench }: Bench, changes: Record<string, unknown> = {}): void {
  bench.link.leave();
  bench.link.join();
  // Until its hello it is spoken to as the documented EA.
  bench.link.takeSent();
  bench.link.says({ ...hello, epoch: 1, ...changes });
}

/** The desk's count of starts, which a take-over raises. */
function epochCount() {
  let current = 1;
  return {
    get current() {
      return current;
    },
    raise: (to: number) => {
      current = to;
    },
  };
}

const codes = ({ bench }: Bench): string[] => bench.controller.snapshot().state.alarms.map(({ code }) => code);

describe('the kill switch and an EA of protocol 8', () => {
  it('closes the EA for entries at once, and opens it with the release, which the EA confirms', async () => {
    const ea = bench8();
    const { bench } = ea;
    const { risk } = bench.controller;
    expect(switches(ea)).toEqual([]);
    expect(bench.state().eaCloseOnly).toEqual({ on: false, trouble: null });
    risk.kill('ticket');
    expect(switches(ea)).toEqual([true]);
    bench.link.says({ type: 'close_only', on: true });
    expect(bench.state().eaCloseOnly).toEqual({ on: true, trouble: null });
    risk.release('ticket');
    expect(switches(ea)).toEqual([false]);
    risk.arm('main', 'ticket');
    expect(bench.state().obstacle).toMatchObject({
      code: 'ea_close_only',
      reason: expect.stringContaining('still takes closes alone') as string,
    });
    expect(await bench.fire({ signalId: 'E1' })).toMatchObject({
      state: 'refused',
      refusal: { code: 'ea_close_only' },
    });
    bench.link.says({ type: 'close_only', on: false });
    expect(await bench.fire({ signalId: 'E2' })).toMatchObject({ state: 'sent' });
    bench.clock.advance(60_000);
    expect(switches(ea)).toEqual([]);
  });

  it('tells the EA again, and the trader, while the EA does not confirm', () => {
    const ea = bench8();
    const { bench } = ea;
    bench.controller.risk.kill('ticket');
    expect(bench.state().eaCloseOnly).toEqual({ on: false, trouble: null });
    bench.clock.advance(2_000);
    expect(bench.state().eaCloseOnly).toEqual({ on: false, trouble: 'not_closed' });
    bench.clock.advance(13_000);
    // An EA that says the contrary is told further.
    bench.link.says({ type: 'close_only', on: false });
    bench.clock.advance(5_000);
    expect(switches(ea)).toEqual([true, true, true, true, true]);
    expect(codes(ea).filter((code) => code === 'ea_not_closed')).toHaveLength(1);
    bench.link.says({ type: 'close_only', on: true });
    bench.controller.risk.release('ticket');
    bench.clock.advance(5_000);
    expect(bench.state().eaCloseOnly).toEqual({ on: true, trouble: 'still_closed' });
    expect(codes(ea)).toContain('ea_still_closed');
  });

  it('closes an EA that comes while it is on, before anything else is said to it', () => {
    const ea = bench8();
    ea.bench.link.leave();
    ea.bench.controller.risk.kill('ticket');
    rejoin(ea);
    ea.read();
    expect(ea.told.slice(-3).map(({ type }) => type)).toEqual(['welcome', 'close_only', 'ping']);
    expect(switches(ea)).toEqual([true]);
    // It has the switch already: there is nothing to tell.
    ea.bench.link.says({ type: 'close_only', on: true });
    rejoin(ea, { close_only: true });
    expect(switches(ea)).toEqual([]);
  });

  it('opens an EA that was away at the release, also after a start of the desk', () => {
    const journal = memoryJournal();
    const ea = bench8({}, { journal });
    ea.bench.controller.risk.kill('ticket');
    // The connection breaks before the EA's answer.
    ea.bench.link.leave();
    ea.bench.controller.risk.release('ticket');
    ea.bench.clock.advance(1_000);
    const next = bench8({ close_only: true }, { journal });
    expect(switches(next)).toEqual([false]);
    next.bench.link.says({ type: 'close_only', on: false });
    next.bench.clock.advance(1_000);
    expect(bench8({ close_only: true }, { journal }).bench.state().eaCloseOnly).toEqual({
      on: true,
      trouble: 'found_closed',
    });
  });

  it('leaves an EA closed that this desk has not closed, until a person releases it', () => {
    const ea = bench8({ close_only: true });
    const { bench } = ea;
    bench.clock.advance(60_000);
    expect(switches(ea)).toEqual([]);
    expect(bench.state()).toMatchObject({
      eaCloseOnly: { on: true, trouble: 'found_closed' },
      obstacle: { code: 'ea_close_only' },
    });
    bench.controller.risk.release('ticket');
    expect(switches(ea)).toEqual([false]);
    bench.link.says({ type: 'close_only', on: false });
    expect(bench.state().eaCloseOnly).toEqual({ on: false, trouble: null });
  });

  it('is told of each press and release, also before it has answered the one before', async () => {
    const ea = bench8();
    const { bench } = ea;
    const { risk } = bench.controller;
    risk.kill('ticket');
    bench.link.says({ type: 'close_only', on: true });
    risk.release('ticket');
    risk.kill('ticket');
    expect(switches(ea)).toEqual([true, false, true]);
    // It confirms the release, which came first, and then the switch.
    bench.link.says({ type: 'close_only', on: false });
    bench.link.says({ type: 'close_only', on: true });
    expect(bench.state().eaCloseOnly).toEqual({ on: true, trouble: null });
    risk.release('ticket');
    bench.link.says({ type: 'close_only', on: false });
    risk.kill('ticket');
    risk.release('ticket');
    risk.arm('main', 'ticket');
    expect(switches(ea)).toEqual([false, true, false]);
    // The EA was open when both left: whether it is, only its answer tells.
    expect(bench.state().obstacle).toMatchObject({ code: 'ea_close_only' });
    bench.link.says({ type: 'close_only', on: true });
    expect(await bench.fire({ signalId: 'E1' })).toMatchObject({ refusal: { code: 'ea_close_only' } });
    bench.link.says({ type: 'close_only', on: false });
    expect(bench.state()).toMatchObject({ eaCloseOnly: { on: false, trouble: null }, obstacle: null });
    expect(await bench.fire({ signalId: 'E2' })).toMatchObject({ state: 'sent' });
  });

  it('is closed again when it says that it is open while the kill switch is on', () => {
    const ea = bench8();
    const { bench } = ea;
    bench.controller.risk.kill('ticket');
    bench.link.says({ type: 'close_only', on: true });
    expect(switches(ea)).toEqual([true]);
    bench.link.says({ type: 'close_only', on: false });
    expect(switches(ea)).toEqual([true]);
    bench.clock.advance(2_000);
    expect(bench.state().eaCloseOnly).toEqual({ on: false, trouble: 'not_closed' });
  });

  it('shows what is not confirmed also while the EA says hello again and again', () => {
    const ea = bench8();
    const { bench } = ea;
    bench.controller.risk.kill('ticket');
    for (let second = 0; second < 6; second += 1) {
      bench.link.says({ ...hello, epoch: 1 });
      bench.clock.advance(1_000);
    }
    expect(bench.state().eaCloseOnly).toEqual({ on: false, trouble: 'not_closed' });
    expect(codes(ea).filter((code) => code === 'ea_not_closed')).toHaveLength(1);
    // Each hello has a session of its own, in which the EA is told anew.
    expect(switches(ea).length).toBeGreaterThanOrEqual(7);
  });

  it('does not open an EA that came back open from its kill switch, and that another desk closed later', () => {
    const ea = bench8();
    ea.bench.controller.risk.kill('ticket');
    // The connection breaks before the switch has reached the EA.
    ea.bench.link.leave();
    ea.bench.controller.risk.release('ticket');
    rejoin(ea, { close_only: false });
    ea.bench.clock.advance(1_000);
    expect(switches(ea)).toEqual([]);
    rejoin(ea, { close_only: true });
    ea.bench.clock.advance(60_000);
    expect(switches(ea)).toEqual([]);
    expect(ea.bench.state().eaCloseOnly).toEqual({ on: true, trouble: 'found_closed' });
  });

  it('says nothing to an EA of another desk, and closes it once it is taken over', () => {
    const ea = bench8({ epoch: 7 }, { epoch: epochCount() });
    ea.bench.controller.risk.kill('ticket');
    expect(switches(ea)).toEqual([]);
    expect(ea.bench.state().eaCloseOnly).toBeNull();
    ea.bench.controller.connections.takeOverEa('main', 7, 'ticket');
    expect(switches(ea)).toEqual([true]);
  });

  it('does not open an EA that another desk has commanded since this one closed it', () => {
    const ea = bench8({}, { epoch: epochCount() });
    ea.bench.controller.risk.kill('ticket');
    ea.bench.link.says({ type: 'close_only', on: true });
    ea.bench.link.leave();
    ea.bench.controller.risk.release('ticket');
    switches(ea);
    rejoin(ea, { epoch: 7, close_only: true });
    ea.bench.controller.connections.takeOverEa('main', 7, 'ticket');
    expect(switches(ea)).toEqual([]);
    expect(ea.bench.state().eaCloseOnly).toEqual({ on: true, trouble: 'found_closed' });
  });

  it('opens the one EA that a person releases, disarmed, and never the kill switch with it', async () => {
    const ea = bench8({ close_only: true });
    const { bench } = ea;
    const other = addBridge(bench, { id: 'other' });
    other.link.says({ ...hello, login: 1000002, close_only: true });
    other.link.takeSent();
    const { risk, journal } = bench.controller;
    risk.arm('main', 'ticket');
    risk.releaseEa('main', 'ticket');
    expect(switches(ea)).toEqual([false]);
    expect(other.link.takeSent().filter(({ type }) => type === 'close_only')).toEqual([]);
    expect(bench.state().armed).toBe(false);
    const request = { bridge: 'main', from: null, to: null, before: null, limit: 100 };
    const { rows } = await journal.activity(request);
    expect(rows).toContainEqual(
      expect.objectContaining({ by: 'ticket', what: 'EA released that took closes alone' }) as unknown,
    );
    bench.link.says({ type: 'close_only', on: false });
    expect(() => {
      risk.releaseEa('main', 'ticket');
    }).toThrow('is not closed');
    // The kill switch was pressed meanwhile: the person who released the EA had not seen that.
    risk.kill('command line');
    bench.link.says({ type: 'close_only', on: true });
    switches(ea);
    expect(() => {
      risk.releaseEa('main', 'ticket');
    }).toThrow('kill switch');
    expect(switches(ea)).toEqual([]);
    expect(bench.controller.snapshot().state.killSwitch).not.toBeNull();
  });

  it('is closed by a press that the desk has not told before it ended, and by no refused release opened', () => {
    const journal = memoryJournal();
    const ea = bench8({}, { journal });
    ea.bench.link.leave();
    ea.bench.controller.risk.kill('ticket');
    const next = bench8({}, { journal });
    expect(switches(next)).toEqual([true]);
    next.bench.link.says({ type: 'close_only', on: true });
    journal.write = () => {
      throw new Error('disk full');
    };
    expect(() => {
      next.bench.controller.risk.release('ticket');
    }).toThrow('stays on');
    next.bench.clock.advance(60_000);
    expect(switches(next)).toEqual([]);
    expect(next.bench.state().eaCloseOnly).toEqual({ on: true, trouble: null });
  });

  it('is closed also where a bug stops the desk at another bridge', () => {
    const ea = bench8();
    const other = addBridge(ea.bench, { id: 'other' });
    other.link.says({ ...hello, login: 1000002 });
    other.link.takeSent();
    vi.spyOn(ea.bench.controller.bridge('main').killSwitch, 'pressed').mockImplementation(() => {
      throw new Error('a bug');
    });
    ea.bench.controller.risk.kill('ticket');
    expect(other.link.takeSent().filter(({ type }) => type === 'close_only')).toHaveLength(1);
    expect(ea.bench.controller.snapshot().state.killSwitch).not.toBeNull();
  });

  it('stays closed while its release can not be written down', () => {
    const journal = memoryJournal();
    const ea = bench8({ close_only: true }, { journal });
    const write = journal.write.bind(journal);
    journal.write = () => {
      throw new Error('disk full');
    };
    expect(() => {
      ea.bench.controller.risk.release('ticket');
    }).toThrow('The EA stays closed for entries');
    expect(switches(ea)).toEqual([]);
    journal.write = write;
    ea.bench.controller.risk.release('ticket');
    expect(switches(ea)).toEqual([false]);
  });

  it('says nothing to an EA without the switch', () => {
    const ea = bench8({ features: ['reconcile'] });
    ea.bench.controller.risk.kill('ticket');
    expect(switches(ea)).toEqual([]);
    expect(ea.bench.state().eaCloseOnly).toBeNull();
  });
});
