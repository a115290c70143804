import { describe, expect, it } from 'vitest';
import type { BridgeConfig } from '../../src/controller/bridge/bridgeConfig.ts';
import type { Journal } from '../../src/controller/ports/journal.ts';
import { memoryJournal } from '../../src/journal/memory/memoryJournal.ts';
import { openLimits } from '../support/openLimits.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { addBridge, type SecondBridge } from '../support/secondBridge.ts';

// Bridge `gold` sends orders, the desk ends, and at the next start there is no `gold` any more.

interface Life {
  bench: BridgeBench;
  gold: SecondBridge;
}

function start(bench: BridgeBench | null, id: string, config: Partial<BridgeConfig> = {}, journal?: Journal): Life {
  const next = bench === null ? bridgeBench() : bridgeBench({}, { journal: bench.journal, clock: bench.clock });
  next.connect();
  return { bench: next, gold: addBridge(next, { id, ...config }, journal) };
}

/** As after a kill: nothing is written at the end. */
const restart = ({ bench }: Life, id: string, config: Partial<BridgeConfig> = {}): Life => start(bench, id, config);

const state = ({ bench }: Life) => bench.controller.snapshot().state;
const alarms = (life: Life) => state(life).alarms.filter(({ code }) => code === 'orphaned_orders');
const armed = (life: Life) => state(life).bridges.map((bridge) => bridge.armed);
const codeOf = async (order: ReturnType<SecondBridge['fire']>) => {
  const { state: is, refusal } = await order;
  return refusal?.code ?? is;
};
const settleNothing = { found: null, note: 'looked in MT5' };

describe('an order in doubt of a bridge that was renamed or removed', () => {
  it('is listed as unknown, alarmed once a bridge, and overrules the wish to start armed', async () => {
    const before = start(null, 'gold');
    await before.gold.fire({ signalId: 'SENT' });
    const life = restart(before, 'gold2');
    expect(life.bench.order('SENT')).toMatchObject({ bridge: 'gold', state: 'unknown', doubt: 'restart' });
    expect(alarms(life)).toMatchObject([{ bridge: null, level: 'critical', count: 1 }]);
    expect(alarms(life)[0]?.text).toContain('"gold"');
    expect(alarms(life)[0]?.nextStep).toContain('--bridge gold');
    expect(armed(life)).toEqual([false, false]);
    expect(state(life).alarms.find(({ code }) => code === 'not_armed')?.text).toContain('SENT');
    await life.bench.controller.stop();
    expect(life.bench.journal.ordersInDoubt('gold')).toMatchObject([{ state: 'unknown', doubt: 'restart' }]);
  });

  it('is named with its bridge when its result comes to another one', async () => {
    const before = start(null, 'gold');
    await before.gold.fire({ signalId: 'SENT' });
    const life = restart(before, 'gold2');
    life.bench.link.says({ type: 'trade_result', signal_id: 'SENT', status: 'success', ticket: 7, price: 1.5 });
    const told = state(life).alarms.filter(({ code }) => code.includes('feedback'));
    expect(told).toMatchObject([
      {
        code: 'feedback_of_other_bridge',
        text: 'The EA sent a result for SENT, which was sent on bridge gold and is unknown there: filled as ticket 7 at 1.5.',
      },
    ]);
    expect(life.bench.order('SENT').state).toBe('unknown');
  });

  it('stays so over any number of starts, until a person settles it by its bridge', async () => {
    const before = start(null, 'gold');
    await before.gold.fire({ signalId: 'SENT' });
    const second = restart(restart(before, 'gold2'), 'gold3');
    const { number } = second.bench.order('SENT');
    const { controller } = second.bench;
    expect(() => controller.orders.settle({ order: number, bridge: 'gold3', ...settleNothing }, 'ticket')).toThrow(
      'no order number',
    );
    const settled = controller.orders.settle({ order: number, bridge: 'gold', ...settleNothing }, 'command line');
    expect(settled).toMatchObject({ state: 'rejected', settledBy: { by: 'command line', note: 'looked in MT5' } });
    expect(second.bench.order('SENT').state).toBe('rejected');
    expect((await controller.orders.timeline(number, 'gold')).length).toBeGreaterThan(1);
    expect(() => controller.orders.settle({ order: number, bridge: 'gold', ...settleNothing }, 'ticket')).toThrow();
    const third = restart(second, 'gold3');
    expect(alarms(third)).toEqual([]);
    expect(armed(third)).toEqual([true, true]);
    expect((await third.bench.controller.orders.timeline(number, 'gold')).length).toBeGreaterThan(1);
  });

  it('keeps its ID on every bridge, settled or not', async () => {
    const before = start(null, 'gold');
    await before.gold.fire({ signalId: 'SENT' });
    await before.bench.fire({ signalId: 'FILLED' });
    before.bench.link.says({ type: 'trade_result', signal_id: 'FILLED', status: 'success', ticket: 7, price: 1.5 });
    const life = restart(before, 'gold2');
    const { number } = life.bench.order('SENT');
    expect(await codeOf(life.gold.fire({ signalId: 'SENT', symbol: 'EURUSD' }))).toBe('duplicate_id');
    expect(await codeOf(life.bench.fire({ signalId: 'SENT', symbol: 'EURUSD' }))).toBe('duplicate_id');
    expect(await codeOf(life.gold.fire({ signalId: 'FILLED' }))).toBe('duplicate_id');
    life.bench.controller.orders.settle({ order: number, bridge: 'gold', ...settleNothing }, 'ticket');
    expect(await codeOf(life.gold.fire({ signalId: 'SENT' }))).toBe('duplicate_id');
    expect([...life.gold.link.sent, ...life.bench.link.sent].filter((text) => text.includes('signal_id'))).toEqual([]);
  });

  it('stands in the way of its symbol and counts as an open trade on an account that may be its own', async () => {
    const before = start(null, 'gold');
    await before.gold.fire({ signalId: 'SENT' });
    const limits = { ...openLimits, openTrades: 2 };
    const life = restart(before, 'gold2', { limits });
    life.bench.controller.risk.arm('gold2', 'ticket');
    expect(await codeOf(life.gold.fire({ signalId: 'A' }))).toBe('risk_unsettled');
    expect(await codeOf(life.gold.fire({ signalId: 'B', confirmed: ['SENT'] }))).toBe('risk_open_trades');
    expect(await codeOf(life.gold.fire({ signalId: 'C', action: 'close', lot: 0.01, sl: 0, tp: 0 }))).toBe('sent');
  });

  it('does not stand in the way of another account', async () => {
    const before = start(null, 'gold');
    await before.gold.fire({ signalId: 'SENT' });
    const life = restart(before, 'gold2');
    life.gold.link.says({ type: 'status', status: 'config', account: 77, server: 'Elsewhere' });
    life.gold.heartbeat();
    life.bench.clock.advance(250);
    life.bench.controller.risk.acceptAccount('gold2', '77@Elsewhere', 'ticket');
    life.bench.controller.risk.arm('gold2', 'ticket');
    expect(await codeOf(life.gold.fire({ signalId: 'A' }))).toBe('sent');
  });

  it('is its bridge’s again when that comes back', async () => {
    const before = start(null, 'gold');
    await before.gold.fire({ signalId: 'SENT' });
    const back = restart(restart(before, 'gold2'), 'gold');
    back.gold.fills('SENT');
    expect(back.bench.order('SENT')).toMatchObject({ state: 'filled', late: true });
  });

  it('is none while its bridge is about to be added', async () => {
    const before = start(null, 'gold');
    await before.gold.fire({ signalId: 'SENT' });
    const { journal, clock } = before.bench;
    const bench = bridgeBench({}, { journal, clock, bridges: ['main', 'gold'] });
    addBridge(bench, { id: 'gold' });
    const life = { bench, gold: before.gold };
    expect(alarms(life)).toEqual([]);
    expect(armed(life)).toEqual([true, false]);
  });

  it('is one when its bridge is removed while the app runs', async () => {
    const life = start(null, 'gold');
    await life.gold.fire({ signalId: 'SENT' });
    await life.bench.controller.removeBridge('gold');
    expect(life.bench.order('SENT')).toMatchObject({ state: 'unknown', doubt: 'connection_lost' });
    expect(alarms(life)).toHaveLength(1);
    const { number } = life.bench.order('SENT');
    expect(life.bench.controller.orders.settle({ order: number, ...settleNothing }, 'ticket').state).toBe('rejected');
  });

  it('of paper alone stops no real bridge, and is settled while paper runs', async () => {
    const journal = memoryJournal();
    const before = start(null, 'paper', { kind: 'paper' }, journal);
    await before.gold.fire({ signalId: 'PLAYED' });
    await before.bench.controller.removeBridge('paper');
    const request = { order: before.bench.order('PLAYED').number, bridge: 'paper', ...settleNothing };
    expect(() => before.bench.controller.orders.settle(request, 'ticket')).toThrow('Start it first');
    const life = start(before.bench, 'paper', { kind: 'paper' }, journal);
    expect(armed(life)).toEqual([true, false]);
    expect(life.bench.controller.orders.settle(request, 'ticket').state).toBe('rejected');
  });

  it('that can not be written as settled stays unknown', async () => {
    const before = start(null, 'gold');
    await before.gold.fire({ signalId: 'SENT' });
    const life = restart(before, 'gold2');
    const write = life.bench.journal.write.bind(life.bench.journal);
    life.bench.journal.write = () => {
      throw new Error('The disk is full.');
    };
    const request = { order: life.bench.order('SENT').number, bridge: 'gold', ...settleNothing };
    expect(() => life.bench.controller.orders.settle(request, 'ticket')).toThrow('The disk is full.');
    expect(life.bench.order('SENT').state).toBe('unknown');
    life.bench.journal.write = write;
    expect(life.bench.controller.orders.settle(request, 'ticket').state).toBe('rejected');
  });
});
