import { beforeEach, describe, expect, it } from 'vitest';
import type { Activity } from '../../src/api/queries/activity.ts';
import { defaultEngineSettings } from '../../src/api/state/engines.ts';
import { defaultSettings } from '../../src/api/settings/appSettings.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';

let bench: BridgeBench;

beforeEach(() => {
  bench = bridgeBench();
  bench.connect();
});

const days = { from: null, to: null };
const all = async (part: { from: string | null; to: string | null } = days): Promise<Activity[]> => {
  const { rows } = await bench.controller.journal.activity({ bridge: 'main', ...part, before: null, limit: 100 });
  return rows;
};
/** Lines by persons, newest first. */
const lines = async (): Promise<string[]> =>
  (await all()).filter(({ by }) => by !== 'app').map(({ by, what, details }) => [by, what, ...details].join(' | '));

describe('the list of what persons did', () => {
  it('has what was armed, killed, released, changed from old to new, re-based and acknowledged, and by whom', async () => {
    const { risk, journal } = bench.controller;
    risk.disarm('main', 'ticket');
    risk.kill('command line');
    risk.release('ticket');
    risk.arm('main', 'command line');
    const { limits } = bench.controller.bridge('main').config;
    bench.controller.bridge('main').configure({ limits: { ...limits, dailyLossPercent: 5 } }, 'ticket');
    bench.controller.bridge('main').configure({ limits: { ...limits, dailyLossPercent: 3 } }, 'ticket');
    bench.controller.updateSettings({ ...defaultSettings, theme: 'dark' }, 'ticket');
    risk.rebase('main', 'withdrew 100', 'ticket');
    risk.setDayStart('main', 3_100, '', 'ticket');
    const [alarm] = bench.controller.snapshot().state.alarms;
    journal.acknowledge([alarm?.number ?? 0], 'ticket');
    expect((await lines()).slice(0, 10)).toEqual([
      `ticket | Alarm acknowledged | ${alarm?.text ?? ''}`,
      'ticket | Day start equity set from 2987.50 to 3100.00',
      'ticket | Day start and peak re-based to 2987.50 | Note: withdrew 100',
      'ticket | Settings of the app changed | theme: system → dark',
      'ticket | Limits changed | limits, daily loss percent: 5 → 3',
      'ticket | Limits changed | limits, daily loss percent: none → 5',
      'command line | Armed',
      'ticket | Kill switch released',
      'command line | Kill switch pressed',
      'ticket | Disarmed',
    ]);
  });

  it('has what a person settled, once, and by which note', async () => {
    await bench.fire({ signalId: 'A' });
    bench.clock.advance(10_000);
    bench.controller.orders.settle(
      { order: bench.order('A').number, found: { ticket: '7', price: 1.5 }, note: 'seen at noon' },
      'ticket',
    );
    // A later result of the order is written too, and is nobody's doing.
    bench.clock.advance(1_000);
    bench.link.says({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 7, price: 1.5 });
    const settled = (await lines()).filter((line) => line.includes('settled'));
    expect(settled).toEqual(['ticket | Order A settled: found in MT5 as ticket 7 | Note: seen at noon']);
  });

  it('is asked for by trading day, in pages', async () => {
    bench.controller.risk.disarm('main', 'ticket');
    const [{ at } = { at: 0 }] = await all();
    const day = new Date(at).toISOString().slice(0, 10);
    expect((await all({ from: day, to: day })).map(({ what }) => what)).toContain('Disarmed');
    expect(await all({ from: '2030-01-01', to: null })).toEqual([]);
    bench.controller.risk.arm('main', 'ticket');
    const first = await bench.controller.journal.activity({ bridge: 'main', ...days, before: null, limit: 1 });
    expect(first.rows.map(({ what }) => what)).toEqual(['Armed']);
    const second = await bench.controller.journal.activity({ bridge: 'main', ...days, before: first.before, limit: 1 });
    expect(second.rows.map(({ what }) => what)).toEqual(['Disarmed']);
  });

  it('has engines that were added, changed, paused and removed', async () => {
    const { signals } = bench.controller;
    signals.addEngine('VENOM', { ...defaultEngineSettings, maxLot: 0.5 }, 'ticket');
    signals.configureEngine('VENOM', { ...defaultEngineSettings, maxLot: 1 }, 'ticket');
    signals.removeEngine('VENOM', 'command line');
    expect((await lines()).slice(0, 2)).toEqual([
      'command line | Engine VENOM removed',
      'ticket | Engine VENOM changed | max lot: 0.5 → 1',
    ]);
    expect((await lines())[2]).toMatch(/^ticket \| Engine VENOM added .*max lot: 0\.5/);
  });
});

describe('an alarm', () => {
  const listed = () => bench.controller.snapshot().state.alarms;

  it('is acknowledged by a person, in every window, until it happens again', () => {
    const events: unknown[] = [];
    bench.controller.follow((event) => events.push(event));
    bench.controller.alarm('main', { level: 'critical', code: 'x', text: 'It broke.', nextStep: 'Mend it.' });
    const number = listed()[0]?.number ?? 0;
    bench.controller.journal.acknowledge([number], 'ticket');
    const acknowledged = { at: bench.clock.now(), by: 'ticket' };
    expect(listed()[0]).toMatchObject({ text: 'It broke.', acknowledged });
    expect(events.at(-1)).toMatchObject({ event: { type: 'alarm', alarm: { number, acknowledged } } });
    bench.clock.advance(5_000);
    bench.controller.alarm('main', { level: 'critical', code: 'x', text: 'It broke.', nextStep: 'Mend it.' });
    expect(listed()[0]).toMatchObject({ count: 2, acknowledged: null });
  });

  it('that is not in the list, or is acknowledged already, changes nothing', () => {
    bench.controller.alarm('main', { level: 'notice', code: 'x', text: 'Look.', nextStep: '' });
    const number = listed()[0]?.number ?? 0;
    bench.controller.journal.acknowledge([number, 999], 'ticket');
    bench.clock.advance(1_000);
    const before = listed();
    bench.controller.journal.acknowledge([number, 999], 'command line');
    expect(listed()).toEqual(before);
    expect(bench.journal.entries().filter(({ entry }) => entry.type === 'acknowledged')).toHaveLength(1);
  });
});
