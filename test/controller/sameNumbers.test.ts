import { beforeEach, describe, expect, it } from 'vitest';
import { applyEvent } from '../../src/api/state/events.ts';
import { noticesBetween } from '../../src/api/presentation/notices.ts';
import type { AppState } from '../../src/api/state/state.ts';
import { memoryJournal, type MemoryJournal } from '../../src/journal/memory/memoryJournal.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { addBridge, type SecondBridge } from '../support/secondBridge.ts';

// The paper bridge numbers its orders by itself: what was played on paper before has the numbers of real orders.

let paperJournal: MemoryJournal;
let bench: BridgeBench;

const startPaper = (): SecondBridge => addBridge(bench, { id: 'paper', kind: 'paper' }, paperJournal);
const orders = () => bench.controller.snapshot().state.orders;
const stateOf = (bridge: string, signalId: string) =>
  orders().find((order) => order.bridge === bridge && order.signalId === signalId)?.state;

/** Paper is played with so many orders, the last of which is unknown. Then the app is started again without it. */
async function playPaper(count: number): Promise<void> {
  const paper = startPaper();
  for (let index = 1; index <= count; index += 1) {
    await paper.fire({ signalId: `P${String(index)}` });
    if (index < count) paper.fills(`P${String(index)}`);
    else bench.clock.advance(11_000);
    paper.heartbeat();
  }
  await bench.controller.stop();
  bench = bridgeBench({}, { journal: bench.journal, clock: bench.clock });
  bench.connect();
}

/** A real order of which nobody knows. */
async function fireUnknown(signalId: string): Promise<number> {
  const { number } = await bench.fire({ signalId });
  bench.clock.advance(11_000);
  bench.answerPings();
  bench.heartbeat();
  return number;
}

beforeEach(() => {
  paperJournal = memoryJournal();
  bench = bridgeBench();
  bench.connect();
});

describe('orders of several bridges with the same number', () => {
  it('stay apart in the state, and in a window that follows', async () => {
    await playPaper(4);
    expect(await fireUnknown('REAL')).toBe(1);
    let window: AppState = bench.controller.snapshot().state;
    bench.controller.follow(({ event }) => {
      window = applyEvent(window, event);
    });
    startPaper();
    const expected = ['main REAL', 'paper P4', 'paper P3', 'paper P2', 'paper P1'];
    const listed = (state: AppState) => state.orders.map(({ bridge, signalId }) => `${bridge} ${signalId}`);
    expect(listed(window)).toEqual(expected);
    expect(listed(bench.controller.snapshot().state)).toEqual(expected);
    bench.link.says({ type: 'trade_result', signal_id: 'REAL', status: 'success', ticket: 99, price: 2341 });
    expect(window.orders[0]).toMatchObject({ bridge: 'main', state: 'filled' });
    expect(window.orders).toEqual(bench.controller.snapshot().state.orders);
    expect(stateOf('paper', 'P1')).toBe('filled');
  });

  it('are settled each by its bridge, and none is guessed at', async () => {
    await playPaper(1);
    await fireUnknown('REAL');
    startPaper();
    const request = { order: 1, found: null, note: '' };
    expect(() => bench.controller.orders.settle(request, 'ticket')).toThrow('say which bridge, main or paper');
    expect(bench.controller.orders.settle({ ...request, bridge: 'paper' }, 'ticket')).toMatchObject({ signalId: 'P1' });
    expect([stateOf('paper', 'P1'), stateOf('main', 'REAL')]).toEqual(['rejected', 'unknown']);
    // Nor where the other one needs none.
    expect(() => bench.controller.orders.settle(request, 'ticket')).toThrow('say which bridge');
    await bench.controller.removeBridge('paper');
    expect(() => bench.controller.orders.settle(request, 'ticket')).toThrow('say which bridge');
    expect(bench.controller.orders.settle({ ...request, bridge: 'main' }, 'ticket')).toMatchObject({
      signalId: 'REAL',
    });
    expect(() => bench.controller.orders.settle({ ...request, order: 9 }, 'ticket')).toThrow(
      'There is no order number 9',
    );
  });

  it('have a timeline each', async () => {
    await playPaper(2);
    await fireUnknown('REAL');
    startPaper();
    expect(() => bench.controller.orders.timeline(1)).toThrow('say which bridge');
    const idsOf = async (number: number, bridge: string | null) =>
      new Set(
        (await bench.controller.orders.timeline(number, bridge)).flatMap((entry) =>
          entry.type === 'order' ? [entry.order.signalId] : [],
        ),
      );
    expect(await idsOf(1, 'main')).toEqual(new Set(['REAL']));
    expect(await idsOf(1, 'paper')).toEqual(new Set(['P1']));
    expect(await idsOf(2, null)).toEqual(new Set(['P2']));
    expect(() => bench.controller.orders.timeline(2, 'main')).toThrow('no order number 2 on bridge "main"');
  });

  it('are told of by notices each for itself', async () => {
    await playPaper(1);
    await fireUnknown('REAL');
    startPaper();
    const before = bench.controller.snapshot().state;
    bench.link.says({ type: 'trade_result', signal_id: 'REAL', status: 'success', ticket: 99, price: 2341 });
    const notices = noticesBetween(before, bench.controller.snapshot().state, bench.clock.now());
    expect(notices).toMatchObject([{ kind: 'fill', order: { bridge: 'main', number: 1 } }]);
  });
});

describe('two bridges of one journal', () => {
  it('know their own orders alone', async () => {
    const other = addBridge(bench, { id: 'other' });
    await other.fire({ signalId: 'O' });
    expect(() => bench.controller.orders.settle({ order: 1, bridge: 'main', found: null, note: '' }, 'ticket')).toThrow(
      'no order number 1 on bridge "main"',
    );
    expect(await bench.controller.orders.timeline(1, 'other')).toHaveLength(1);
  });

  it('show an order in doubt behind however many of the other', async () => {
    const other = addBridge(bench, { id: 'other' });
    await other.fire({ signalId: 'O' });
    const start = { type: 'order', order: bench.order('O'), frame: null } as const;
    bench.journal.write(
      Array.from({ length: 600 }, (_, index) => ({
        at: bench.clock.now(),
        entry: { ...start, order: { ...start.order, bridge: 'main', number: index + 2, state: 'filled' } } as const,
      })),
    );
    await bench.controller.stop();
    bench = bridgeBench({}, { journal: bench.journal, clock: bench.clock });
    addBridge(bench, { id: 'other' });
    expect(stateOf('other', 'O')).toBe('unknown');
  });
});
