import { describe, expect, it } from 'vitest';
import { applyEvent, type AppEvent } from '../../src/api/state/events.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { mainBridge } from '../support/mainBridge.ts';

type BridgeEvent = Extract<AppEvent, { type: `bridge_${string}` }>;

const ofBridge = ({ events }: BridgeBench): BridgeEvent[] =>
  events.filter((event): event is BridgeEvent => event.type.startsWith('bridge_'));
const typesOf = (bench: BridgeBench): string[] => ofBridge(bench).map(({ type }) => type);

/** A connected bridge, whose events so far are forgotten. */
function connected(symbols = mainBridge.symbols): BridgeBench {
  const bench = bridgeBench({ symbols });
  bench.connect();
  bench.clock.advance(1_000);
  bench.events.splice(0);
  return bench;
}

const manySymbols = Array.from({ length: 600 }, (_, index) => ({
  symbol: `SYMBOL${String(index)}`,
  alias: null,
  point: 0.01,
  pip: 0.1,
  digits: 2,
  contractSize: 100,
  lots: null,
  quoteCurrency: 'USD',
}));

describe('the events of a bridge', () => {
  it('begin with all of it', () => {
    const bench = bridgeBench();
    const [first] = ofBridge(bench);
    expect(first).toEqual({ type: 'bridge_added', bridge: bench.state() });
    expect(typesOf(bench).filter((type) => type === 'bridge_added')).toHaveLength(1);
  });

  it('tell a status that moves with each pulse in under 2,500 bytes, whatever the symbol table', () => {
    const bench = connected(manySymbols);
    for (let pulse = 0; pulse < 40; pulse += 1) {
      bench.heartbeat();
      bench.clock.advance(250);
    }
    const told = ofBridge(bench);
    expect(told.length).toBeGreaterThan(30);
    expect(new Set(typesOf(bench))).toEqual(new Set(['bridge_status']));
    expect(Math.max(...told.map((event) => JSON.stringify(event).length))).toBeLessThan(2_500);
    expect(JSON.stringify(bench.state()).length).toBeGreaterThan(60_000);
  });

  it('tell settings once, when they change, and before the status that follows from them', () => {
    const bench = connected();
    expect(bench.state().armed).toBe(true);
    bench.controller.bridge('main').configure({ stopUnit: 'price' }, 'ticket');
    bench.clock.advance(5_000);
    const [settings, status] = ofBridge(bench);
    expect(settings).toMatchObject({ type: 'bridge_settings', id: 'main', settings: { stopUnit: 'price' } });
    expect(status).toMatchObject({ type: 'bridge_status', id: 'main', status: { armed: false } });
    expect(typesOf(bench).filter((type) => type === 'bridge_settings')).toHaveLength(1);
  });

  it('tell no settings that are set to what they were', () => {
    const bench = connected();
    bench.controller.bridge('main').configure({ stopUnit: mainBridge.stopUnit, name: mainBridge.name }, 'ticket');
    bench.clock.advance(1_000);
    expect(typesOf(bench)).not.toContain('bridge_settings');
  });

  it('leave a follower with the state that a snapshot has', () => {
    const bench = bridgeBench();
    let { state } = bench.controller.snapshot();
    bench.controller.follow(({ event }) => (state = applyEvent(state, event)));
    bench.connect();
    bench.clock.advance(1_000);
    bench.controller.bridge('main').configure({ symbols: manySymbols, leverage: 100 }, 'ticket');
    bench.heartbeat();
    bench.clock.advance(1_000);
    expect(state.bridges).toEqual(bench.controller.snapshot().state.bridges);
    expect(state.bridges[0]).toMatchObject({ leverage: 100, account: { equity: 2987.5 } });
  });
});
