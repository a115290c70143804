import { beforeEach, describe, expect, it } from 'vitest';
import { applyEvent } from '../../src/api/state/events.ts';
import { memoryJournal } from '../../src/journal/memory/memoryJournal.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { addBridge } from '../support/secondBridge.ts';

let bench: BridgeBench;

beforeEach(() => {
  bench = bridgeBench();
  bench.connect();
});

describe('a bridge that is removed', () => {
  it.each(['paper', 'real'] as const)('leaves no order without a result (%s)', async (kind) => {
    const journal = kind === 'paper' ? memoryJournal() : bench.journal;
    const paper = addBridge(bench, { id: 'other', kind }, journal);
    expect((await paper.fire({ signalId: 'P' })).state).toBe('sent');
    await paper.fire({ signalId: 'C', action: 'close_all', lot: 0.01, sl: 0, tp: 0 });
    const removed = bench.controller.removeBridge('other');
    expect(bench.order('P')).toMatchObject({ state: 'unknown', doubt: 'connection_lost' });
    expect(bench.order('C').state).toBe('unknown');
    expect(journal.ordersInDoubt('other').map(({ state }) => state)).toEqual(['unknown', 'unknown']);
    await removed;
    const told = bench.events.filter((event) => event.type === 'order' && event.order.signalId === 'P');
    expect(told).toMatchObject([{ order: { state: 'sent' } }, { order: { state: 'unknown' } }]);
  });

  it('takes no order any more while its sockets are being closed', async () => {
    const other = addBridge(bench, { id: 'other' });
    const { orderManager } = bench.controller.bridge('other');
    const removed = bench.controller.removeBridge('other');
    const request = { bridge: 'other', action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 20, tp: 40 } as const;
    const origin = { source: 'ticket', asked: null, approvedBy: null, longId: null } as const;
    const late = await orderManager.fire({ ...request, signalId: 'L', confirmed: [] }, origin);
    expect(late).toMatchObject({ state: 'refused', refusal: { code: 'no_ea' } });
    await removed;
    expect(other.link.sent).toEqual([]);
  });

  it('is there for every window where one of its ID is added while it ends', async () => {
    const first = addBridge(bench, { id: 'other' });
    const before = bench.controller.snapshot().state;
    const since = bench.events.length;
    const closing = Promise.withResolvers<undefined>();
    first.link.close = () => closing.promise;
    const removed = bench.controller.removeBridge('other');
    addBridge(bench, { id: 'other', name: 'Second' });
    closing.resolve(undefined);
    await removed;
    bench.clock.advance(250);
    const { bridges } = bench.events.slice(since).reduce(applyEvent, before);
    expect(bridges).toEqual(bench.controller.snapshot().state.bridges);
    expect(bridges.map(({ name }) => name)).toEqual(['Main', 'Second']);
  });
});
