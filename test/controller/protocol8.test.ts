import { describe, expect, it } from 'vitest';
import { command8Schema, type Command8 } from '../../src/protocol/protocol8/commands.ts';
import { seenNow } from '../../src/api/presentation/seenNow.ts';
import { unknownSymbol } from '../../src/domain/market/symbolSpec.ts';
import { bench8, hello } from '../support/bench8.ts';
import type { BridgeBench } from '../support/bridgeBench.ts';

const arm = ({ controller }: BridgeBench): void => {
  controller.risk.arm('main', 'ticket');
};

describe('an EA of protocol 8', () => {
  it('is welcomed with a session and the count of starts, asked how long messages take, and names its account', () => {
    const { bench, told, welcome } = bench8();
    expect(welcome()).toMatchObject({
      protocol: 8,
      epoch: 1,
      session: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
    expect(told.filter(({ type }) => type === 'ping').length).toBeGreaterThanOrEqual(2);
    expect(bench.state()).toMatchObject({
      stream: 'current',
      helloProblem: null,
      speaks8: true,
      ownEaVersion: '1.0',
      accountKey: '1000001@Broker-Demo',
      account: { currency: 'EUR', leverage: 200, eaVersion: '1.0' },
    });
  });

  it('gets entries of its session, with their time, age limit and slippage', async () => {
    const { bench, told, read, welcome } = bench8();
    arm(bench);
    expect(await bench.fire({ signalId: 'E1' })).toMatchObject({ state: 'sent' });
    read();
    expect(told.at(-1)).toEqual({
      ...{ type: 'signal', session: welcome()?.session, signal_id: 'E1', action: 'buy', symbol: 'XAUUSD', lot: 0.1 },
      ...{ sl: 20, tp: 40, sent_at: bench.clock.now(), expires_ms: 2_000, deviation: 10 },
    });
    bench.link.says({ type: 'trade_result', signal_id: 'E1', status: 'success', ticket: 77, price: 2400.1 });
    expect(bench.order('E1')).toMatchObject({ state: 'filled', ticket: '77' });
  });

  it('gets a close as one of the positions that it opened itself, as the dialog says', async () => {
    const { bench, told, read } = bench8();
    arm(bench);
    await bench.fire({ action: 'close', symbol: 'XAUUSD', lot: 0.01, sl: 0, tp: 0, signalId: 'C1' });
    read();
    expect(told.at(-1)).toMatchObject({ type: 'close_all', whose: 'own', symbol: 'XAUUSD', orders: false });
    await bench.fire({ action: 'close_all', symbol: 'ALL', lot: 0.01, sl: 0, tp: 0, signalId: 'C2' });
    read();
    expect(told.at(-1)).toMatchObject({ type: 'close_all', whose: 'own', signal_id: 'C2' });
    expect(told.at(-1)).not.toHaveProperty('symbol');
  });

  it('gets a new session with each connection', () => {
    const { bench, told, read, welcome } = bench8();
    const first = welcome()?.session;
    bench.link.leave();
    bench.link.join();
    bench.link.says({ ...hello, epoch: 1 });
    bench.link.takeSent().forEach((message) => {
      if (message['type'] === 'welcome') told.push(command8Schema.parse(message));
    });
    read();
    const last = told.findLast(({ type }) => type === 'welcome');
    expect(last).toMatchObject({ epoch: 1 });
    expect(last).not.toMatchObject({ session: first });
    expect(bench.state().helloProblem).toBeNull();
  });

  it('is known as the desk’s own EA by its name, for as long as it is connected', () => {
    const { bench } = bench8();
    bench.link.leave();
    expect(bench.state().ownEaVersion).toBeNull();
    bench.link.join();
    bench.link.says({ ...hello, epoch: 1, ea: 'Another EA' });
    expect(bench.state()).toMatchObject({ speaks8: true, ownEaVersion: null });
  });

  it('proves nothing by a pong of an earlier connection', () => {
    const { bench } = bench8();
    bench.link.leave();
    bench.link.join();
    bench.link.says({ type: 'pong', n: 1, at: 1 });
    bench.link.says({ type: 'pong', n: 2, at: 1 });
    bench.clock.advance(1_000);
    bench.link.says({ type: 'pong', n: 3, at: 1 });
    expect(bench.state().stream).toBe('history');
  });

  it('of another or a newer desk gets no entries until a person takes it over, and closes all the same', async () => {
    let current = 3;
    const raised: number[] = [];
    const epoch = {
      get current() {
        return current;
      },
      raise: (to: number) => {
        raised.push(to);
        current = to;
      },
    };
    const { bench, told, read, welcome } = bench8({ epoch: 7 }, { epoch });
    expect(welcome()).toMatchObject({ epoch: 3 });
    expect(bench.state()).toMatchObject({
      helloProblem: { kind: 'epoch', theirs: 7, ours: 3 },
      obstacle: { code: 'other_desk', reason: expect.stringContaining('another or a newer desk') as string },
    });
    expect(bench.controller.snapshot().state.alarms).toContainEqual(expect.objectContaining({ code: 'other_desk' }));
    arm(bench);
    expect(await bench.fire({ signalId: 'E1' })).toMatchObject({ state: 'refused', refusal: { code: 'other_desk' } });
    await bench.fire({ action: 'close', lot: 0.01, sl: 0, tp: 0, signalId: 'C1' });
    read();
    expect(told.at(-1)).toMatchObject({ type: 'close_all' });

    bench.controller.connections.takeOverEa('main', 7, 'ticket');
    read();
    expect(raised).toEqual([8]);
    expect(welcome()).toMatchObject({ epoch: 8 });
    expect(bench.state()).toMatchObject({ helloProblem: null, armed: false });
    arm(bench);
    expect(await bench.fire({ signalId: 'E2' })).toMatchObject({ state: 'sent' });
  });

  it('with this desk’s own count that this start has not given it belongs to a copy of the folder', () => {
    expect(bench8({ epoch: 1 }).bench.state().helloProblem).toEqual({ kind: 'epoch', theirs: 1, ours: 1 });
  });

  it('of another version of the protocol gets nothing', async () => {
    const { bench, welcome } = bench8({ protocol: 9 });
    expect(welcome()).toBeNull();
    expect(bench.state().obstacle).toMatchObject({ reason: 'This EA speaks protocol 9, and this desk protocol 8.' });
    arm(bench);
    expect(await bench.fire()).toMatchObject({ state: 'refused' });
  });
});

describe('reconciliation with an EA of protocol 8', () => {
  /** The EA's connection breaks with orders out, and comes back: it says hello with this start's count. */
  const rejoin = ({ bench, told, read }: ReturnType<typeof bench8>): Extract<Command8, { type: 'reconcile' }> => {
    bench.link.leave();
    bench.link.join();
    bench.link.takeSent();
    told.length = 0;
    bench.link.says({ ...hello, epoch: 1 });
    read();
    bench.clock.advance(1_000);
    read();
    bench.clock.advance(2_000);
    read();
    const asked = told.findLast(({ type }) => type === 'reconcile');
    if (asked?.type !== 'reconcile') throw new Error('The desk has not asked.');
    return asked;
  };
  const fired = async (...ids: string[]) => {
    const ea = bench8();
    arm(ea.bench);
    for (const signalId of ids) {
      await ea.bench.fire({ signalId, confirmed: ['unsettled', 'duplicate'] as never });
      ea.bench.clock.advance(11_000);
      ea.read();
      ea.bench.link.says({ type: 'telemetry', balance: 3000, equity: 2990, margin: 10, positions: 1 });
    }
    return ea;
  };

  it('is asked for after each handshake, and settles what the EA has stored, with the proof kept', async () => {
    const ea = await fired('R1');
    expect(ea.bench.order('R1')).toMatchObject({ state: 'unknown', doubt: 'no_feedback' });
    const { n, orders, since, session } = rejoin(ea);
    const { at } = ea.bench.order('R1');
    expect(orders).toEqual([
      { signal_id: 'R1', session: expect.stringMatching(/^[0-9a-f]{32}$/) as string, sent_at: at },
    ]);
    // It was sent in the session before.
    expect(orders[0]?.session).not.toBe(session);
    expect(since).toBeLessThan(ea.bench.order('R1').at);
    const result = { type: 'trade_result', signal_id: 'R1', status: 'success', ticket: 7, price: 2400.5 };
    const page = {
      type: 'reconciled',
      n,
      last: true,
      store: 'intact',
      ids: [{ signal_id: 'R1', state: 'result', result }],
    };
    ea.bench.link.says(JSON.stringify(page).replace('"ticket":7', '"ticket":9007199254740993123'));
    expect(ea.bench.order('R1')).toMatchObject({ state: 'filled', ticket: '9007199254740993123', late: true });
    ea.bench.clock.advance(1_000);
    const rows = ea.bench.journal.entries().map(({ entry }) => entry);
    expect(rows).toContainEqual(
      expect.objectContaining({ type: 'feedback', signalId: 'R1', order: ea.bench.order('R1').number }),
    );
  });

  it('settles as not traded what an intact store has never seen, and leaves what the EA can not say', async () => {
    const ea = await fired('R1');
    const { n } = rejoin(ea);
    const tell = (state: string): void => {
      ea.bench.link.says({ type: 'reconciled', n, last: true, store: 'new', ids: [{ signal_id: 'R1', state }] });
    };
    tell('cannot_say');
    expect(ea.bench.order('R1')).toMatchObject({ state: 'unknown' });
    expect(ea.bench.controller.snapshot().state.alarms).toContainEqual(
      expect.objectContaining({ code: 'ea_cannot_say' }),
    );
    // It is answered already: another answer to the same question counts for nothing.
    tell('never_seen');
    expect(ea.bench.order('R1')).toMatchObject({ state: 'unknown' });

    const other = await fired('R2');
    const { n: again } = rejoin(other);
    const ids = [{ signal_id: 'R2', state: 'never_seen' }];
    other.bench.link.says({ type: 'reconciled', n: again + 7, last: true, store: 'intact', ids });
    other.bench.link.says({
      type: 'reconciled',
      n: again,
      last: true,
      store: 'intact',
      ids: [{ ...ids[0], signal_id: 'R3' }],
    });
    expect(other.bench.order('R2')).toMatchObject({ state: 'unknown' });
    other.bench.link.says({ type: 'reconciled', n: again, last: true, store: 'intact', ids });
    expect(other.bench.order('R2')).toMatchObject({
      state: 'rejected',
      late: true,
      message: expect.stringContaining('never received it') as string,
    });
    // Its frame comes after all, as a result of a faulty EA: the contradiction is told.
    other.bench.link.says({ type: 'trade_result', signal_id: 'R2', status: 'success', ticket: 8, price: 2400 });
    expect(other.bench.order('R2')).toMatchObject({ contradicted: true });
  });

  it('is asked for again where an order had no result in time, and while the EA is still trading it', async () => {
    const ea = await fired('R1');
    ea.read();
    const asks = (): number[] => ea.told.flatMap((command) => (command.type === 'reconcile' ? [command.n] : []));
    const before = asks().length;
    expect(ea.told.findLast(({ type }) => type === 'reconcile')).toMatchObject({ orders: [{ signal_id: 'R1' }] });
    const n = asks().at(-1) ?? 0;
    ea.bench.link.says({
      type: 'reconciled',
      n,
      last: true,
      store: 'intact',
      ids: [{ signal_id: 'R1', state: 'pending' }],
    });
    ea.bench.clock.advance(10_000);
    ea.read();
    expect(asks().length).toBeGreaterThan(before);
    ea.bench.link.says({ type: 'trade_result', signal_id: 'R1', status: 'success', ticket: 8, price: 2400 });
    expect(ea.bench.order('R1')).toMatchObject({ state: 'filled' });
    const settled = asks().length;
    // The question under way is asked once more, and no further.
    for (let round = 0; round < 6; round += 1) {
      ea.bench.clock.advance(10_000);
      ea.read();
    }
    expect(asks().length).toBeLessThanOrEqual(settled + 1);
  });

  it('asks for the deals since the connection was lost, and in it since the last question', async () => {
    const ea = await fired('R1');
    const since = (): number[] => ea.told.flatMap((command) => (command.type === 'reconcile' ? [command.since] : []));
    ea.read();
    ea.bench.clock.advance(10_000);
    ea.read();
    const [before, last] = since().slice(-2);
    expect((last ?? 0) - (before ?? 0)).toBeGreaterThanOrEqual(10_000);
    ea.bench.link.says({ type: 'trade_result', signal_id: 'R1', status: 'success', ticket: 8, price: 2400 });
    const lost = ea.bench.clock.now();
    ea.bench.link.leave();
    ea.bench.clock.advance(600_000);
    expect(rejoin(ea)).toMatchObject({ orders: [], since: lost - 60_000 });
  });

  it('settles nothing by a result of another order, or one that can not be read', async () => {
    const ea = await fired('R1');
    const { n } = rejoin(ea);
    const ids = (result: unknown) => [{ signal_id: 'R1', state: 'result', result }];
    ea.bench.link.says({
      ...{ type: 'reconciled', n, last: true, store: 'intact' },
      ids: ids({ type: 'trade_result', signal_id: 'OTHER', status: 'success', ticket: 8, price: 2400 }),
    });
    expect(ea.bench.order('R1')).toMatchObject({ state: 'unknown' });
    const next = rejoin(ea);
    ea.bench.link.says({ ...{ type: 'reconciled', n: next.n, last: true, store: 'intact' }, ids: ids({ price: 3 }) });
    expect(ea.bench.order('R1')).toMatchObject({ state: 'unknown' });
  });
});

describe('what an EA of protocol 8 tells of account and symbols', () => {
  const gold = {
    ...{ type: 'symbol', symbol: 'XAUUSD', digits: 2, contract_size: 100, profit_currency: 'USD' },
    ...{ lot_min: 0.01, lot_max: 20, lot_step: 0.01 },
  };

  it('fills what is not set, and never what a person has set', () => {
    const { bench } = bench8({ margin_mode: 'netting' }, {}, { positionMode: null, stopUnit: null });
    expect(bench.state()).toMatchObject({ positionMode: 'netting', stopUnit: 'points', obstacle: null });
    const set = bench8({ margin_mode: 'exchange' }, {}, { positionMode: 'hedging' }).bench;
    expect(set.state()).toMatchObject({ positionMode: 'hedging', account: { positionMode: 'netting' } });
    arm(set);
    expect(set.state().obstacle).toMatchObject({
      code: 'terms_differ',
      reason: 'The account is netting by the EA and hedging in the settings of the bridge.',
    });
  });

  it('fills anew for another account, disarmed, and nothing for an EA that tells nothing', () => {
    const { bench } = bench8({ margin_mode: 'hedging' }, {}, { positionMode: null, stopUnit: null });
    arm(bench);
    expect(bench.state()).toMatchObject({ positionMode: 'hedging', stopUnit: 'points', obstacle: null });
    // Saved with other settings, they would be those of a person.
    expect(bench.controller.bridge('main').setByPerson).toMatchObject({ positionMode: null, stopUnit: null });
    bench.link.says({ ...hello, epoch: 1, margin_mode: 'netting' });
    expect(bench.state()).toMatchObject({ positionMode: 'netting', armed: false });
    arm(bench);
    expect(bench.state().obstacle).toBeNull();
    bench.controller.bridge('main').configure({ name: 'Other' }, 'ticket');
    expect(bench.state()).toMatchObject({ positionMode: 'netting', armed: true });
    // An EA of another kind takes its place: in which unit it reads stops is not known.
    bench.link.leave();
    bench.connect();
    expect(bench.state()).toMatchObject({ positionMode: null, stopUnit: null, armed: false });
    arm(bench);
    expect(bench.state().obstacle).toMatchObject({ code: 'unit_unknown' });
  });

  it('fills nothing by what it told of an account that it has left', () => {
    const { bench } = bench8({ margin_mode: 'hedging' }, {}, { positionMode: null });
    bench.link.says({ type: 'telemetry', balance: 1, equity: 1, margin: 0, account: 1000002, server: 'Broker-Demo' });
    bench.clock.advance(250);
    bench.controller.risk.acceptAccount('main', '1000002@Broker-Demo', 'ticket');
    arm(bench);
    expect(bench.state()).toMatchObject({ positionMode: null, obstacle: { code: 'unit_unknown' } });
  });

  it('has no contract size of a symbol whose profit comes from its ticks', () => {
    const { bench } = bench8();
    bench.link.says({ ...gold, calculation: 'tick', money_per_point: 5 });
    expect(bench.state().toldSymbols).toEqual([expect.objectContaining({ contractSize: null, moneyPerPoint: 5 })]);
    bench.link.says({ ...gold, calculation: 'size' });
    expect(bench.state().toldSymbols).toEqual([expect.objectContaining({ contractSize: 100, moneyPerPoint: null })]);
  });

  it('tells nothing of symbols without a hello', () => {
    const { bench } = bench8();
    bench.link.leave();
    bench.connect();
    bench.link.says(gold);
    expect(bench.state().toldSymbols).toEqual([]);
  });

  it('says what is at stake by the terminal, not by the name of its server', () => {
    expect(bench8({ trade_mode: 'real' }).bench.state().account.trading).toBe('real');
    expect(bench8({ trade_mode: undefined }).bench.state().account.trading).toBe('demo');
    expect(bench8({ trade_mode: 'contest' }).bench.state().account.trading).toBe('contest');
  });

  it('is the symbol table where a person has set nothing, and refuses a symbol where the two differ', async () => {
    const { bench } = bench8();
    arm(bench);
    bench.link.says({ ...gold, contract_size: 10 });
    bench.clock.advance(250);
    expect(bench.events).toContainEqual(
      expect.objectContaining({
        type: 'bridge_told',
        told: { toldSymbols: [expect.objectContaining({ contractSize: 10 })] },
      }),
    );
    expect(await bench.fire({ signalId: 'E1' })).toMatchObject({ state: 'sent' });
    bench.controller
      .bridge('main')
      .configure({ symbols: [{ ...unknownSymbol('XAUUSD'), contractSize: 1_000 }] }, 'ticket');
    bench.link.says({ type: 'trade_result', signal_id: 'E1', status: 'success', ticket: 7, price: 2400 });
    arm(bench);
    expect(await bench.fire({ signalId: 'E2', symbol: 'XAUUSD', action: 'sell' })).toMatchObject({
      state: 'refused',
      refusal: {
        code: 'terms_differ',
        reason: 'The contract size of XAUUSD is 10 by the EA and 1000 in the symbol table.',
      },
    });
  });

  it.each([
    ['the contract size', { contract_size: 1_000 }, 'contract size 100, USD to point 0.01, contract size 1000, USD'],
    ['the point', { digits: 3 }, 'point 0.01, contract size 100, USD to point 0.001, contract size 100, USD'],
  ])('refuses an order where %s is told otherwise than when it was seen', async (_, changes, words) => {
    const { bench } = bench8();
    arm(bench);
    bench.link.says(gold);
    const seen = seenNow(bench.state(), [], 'XAUUSD');
    bench.link.says({ ...gold, ...changes });
    expect(await bench.fire({ signalId: 'E1', seen })).toMatchObject({
      state: 'refused',
      refusal: { code: 'changed', reason: expect.stringContaining(words) as string },
    });
    const anew = seenNow(bench.state(), [], 'XAUUSD');
    expect(await bench.fire({ signalId: 'E2', seen: anew })).toMatchObject({ state: 'sent' });
  });

  it('holds as long as the connection: another EA tells its own', () => {
    const { bench } = bench8();
    bench.link.says(gold);
    expect(bench.state().toldSymbols).toHaveLength(1);
    bench.link.leave();
    bench.link.join();
    expect(bench.state().toldSymbols).toEqual([]);
  });

  it('has lots within which an order must be', async () => {
    const { bench } = bench8();
    arm(bench);
    bench.link.says({ ...gold, lot_min: 0.5 });
    expect(await bench.fire({ signalId: 'E1', lot: 0.1 })).toMatchObject({
      state: 'refused',
      refusal: { code: 'invalid_lot' },
    });
  });
});
