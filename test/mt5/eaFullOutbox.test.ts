import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { compilePlainEa, startEa } from './deskEa.ts';
import { type EaPeer, EaStage, type Said } from './eaPeer.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import type { Terminal, TerminalOptions } from './terminal.ts';
import { commandFrame, handshake, type RawConnection, RawPeers } from './rawPeer.ts';

// A desk that does not read for a while: what waits fills the connection, and the answer to its last question still comes whole (N8).

const stage = new EaStage();
const peers = new RawPeers();
afterEach(async () => {
  peers.close();
  await stage.close();
});

const orders = 400;
/** Questions whose answers are far more than a connection and the EA hold, bytes of the system's buffers included. */
const questions = 60;
const idOf = (index: number): string => `WAITS_${String(index).padStart(4, '0')}`;

/** A desk whose telemetry is read by hand. */
interface SlowDesk {
  backend: EaPeer;
  ea: Terminal;
  connection: () => RawConnection;
  /** What came over the present connection. */
  said: () => Said[];
  port: number;
  /** Ends the connection, and gives what waits for the next one and welcomes the EA over it. */
  cut: () => () => Promise<void>;
}

async function startSlowDesk(switches: TerminalOptions['switches'] = {}): Promise<SlowDesk> {
  const backend = await stage.peer();
  const raw = await peers.start(({ socket }) => {
    socket.write(handshake('PULL'));
  });
  const connection = (): RawConnection => {
    const last = raw.connections.at(-1);
    if (last === undefined) throw new Error('The EA has not connected.');
    return last;
  };
  const said = (): Said[] =>
    connection()
      .messages()
      .map(({ body }) => JSON.parse(body.toString()) as Said);
  const telemetry = `tcp://127.0.0.1:${String(raw.port)}`;
  const ea = stage.keep(
    await startEa(
      { command: backend.endpoints.command, telemetry },
      { switches: { SOCKET_BUFFER: 32_768, ...switches } },
      compilePlainEa,
    ),
  );
  const welcome = async (connections: number): Promise<void> => {
    const hasSaid = (wanted: string): boolean =>
      raw.connections.length >= connections && said().some(({ type }) => type === wanted);
    await until(() => hasSaid('hello'), 'the EA says hello', 20_000);
    backend.session = String(connections).repeat(32);
    await backend.send({ type: 'welcome', protocol: 8, session: backend.session, epoch: 1 });
    await until(() => hasSaid('positions'), 'the EA was welcomed', 20_000);
    await backend.send({ type: 'ping', session: backend.session, n: connections, sent_at: Date.now() });
    await until(() => hasSaid('pong'), 'it knows how far the clocks are apart', 20_000);
  };
  await welcome(1);
  const cut = (): (() => Promise<void>) => {
    const next = raw.connections.length + 1;
    connection().socket.destroy();
    return () => welcome(next);
  };
  return { backend, ea, connection, said, port: raw.port, cut };
}

/** Sends orders that are refused, and waits for each result. */
async function refuseOrders({ backend, said }: SlowDesk): Promise<string[]> {
  const ids = Array.from({ length: orders }, (_, index) => idOf(index));
  for (const id of ids) await backend.send(backend.order(id, { lot: 1_000, expires_ms: 60_000 }));
  const reported = (): number => said().filter(({ type }) => type === 'error').length;
  await until(() => reported() === orders, 'every order has its result', 60_000);
  return ids;
}

/** Asks so often that the connection and the outbox are full, and nothing that comes after has room. */
async function fill({ backend, ea, connection }: SlowDesk, ids: string[]): Promise<{ resume: () => void }> {
  const { socket } = connection();
  socket.pause();
  // It is there, and reads nothing.
  const alive = setInterval(() => socket.write(commandFrame('PING', Buffer.from([0, 0]))), 500);
  socket.on('close', () => {
    clearInterval(alive);
  });
  const asked = ids.map((signal_id) => ({ signal_id, session: backend.session, sent_at: Date.now() }));
  for (let n = 1; n <= questions; n += 1) {
    await backend.send({ type: 'reconcile', session: backend.session, n, since: 0, orders: asked });
  }
  // The EA reads its commands in turn: what comes after the questions shows that it has read them.
  await backend.send(backend.order('AFTER', { lot: 1_000, expires_ms: 60_000 }));
  await ea.printed('"signal_id":"AFTER"', 60_000);
  return {
    resume: () => {
      socket.resume();
      clearInterval(alive);
    },
  };
}

const pagesOf = (said: Said[], n: number): Said[] =>
  said.filter((page) => page.type === 'reconciled' && page['n'] === n);
const idsOf = (pages: Said[]): string[] =>
  pages.flatMap((page) => (page['ids'] as { signal_id: string }[]).map(({ signal_id }) => signal_id));

describe.skipIf(skipsWithoutCompiler())('an EA whose desk does not read', { timeout: 180_000 }, () => {
  it('keeps the pages of an answer until they can leave, and drops those of an earlier question', async () => {
    const desk = await startSlowDesk();
    const { said } = desk;
    const ids = await refuseOrders(desk);
    const { resume } = await fill(desk, ids);
    resume();
    await until(() => pagesOf(said(), questions).some(({ last }) => last === true), 'the last answer is whole', 60_000);
    await until(() => said().some(({ signal_id }) => signal_id === 'AFTER'), 'the result that came meanwhile', 20_000);

    const all = said();
    const numbers = Array.from({ length: questions }, (_, index) => index + 1);
    const last = pagesOf(all, questions);
    expect(idsOf(last)).toEqual(ids);
    expect(last.flatMap((page) => page['ids'])).toEqual(
      ids.map((signal_id) => expect.objectContaining({ signal_id, state: 'result' }) as unknown),
    );
    const isWhole = (n: number): boolean => pagesOf(all, n).some((page) => page['last'] === true);
    // Else nothing was full, and this test shows nothing.
    expect(numbers.filter(isWhole).length).toBeLessThan(questions / 2);
    // What came of an earlier answer is its beginning, and nothing of it comes behind a later one.
    for (const n of numbers) {
      const told = idsOf(pagesOf(all, n));
      expect(told).toEqual(ids.slice(0, told.length));
    }
    const pages = all.filter(({ type }) => type === 'reconciled');
    const inOrder = pages.map(({ n }) => Number(n));
    expect(inOrder).toEqual(inOrder.toSorted((one, other) => one - other));
    for (const id of [...ids, 'AFTER']) expect(all.filter(({ signal_id }) => signal_id === id)).toHaveLength(1);
  });

  it('tells nothing of an old answer over the next connection, and the result that had not left', async () => {
    const desk = await startSlowDesk();
    const { backend, said, cut } = desk;
    const ids = await refuseOrders(desk);
    await fill(desk, ids);
    const again = cut();
    await again();
    await until(() => said().some(({ signal_id }) => signal_id === 'AFTER'), 'the result that had not left', 20_000);
    expect(said().filter(({ type }) => type === 'reconciled')).toEqual([]);
    const asked = ids.map((signal_id) => ({ signal_id, session: backend.session, sent_at: Date.now() }));
    await backend.send({ type: 'reconcile', session: backend.session, n: 1, since: 0, orders: asked });
    await until(() => pagesOf(said(), 1).some(({ last }) => last === true), 'the answer is whole', 20_000);
    expect(idsOf(pagesOf(said(), 1))).toEqual(ids);
  });

  it('tells the prices and the figures of now once the desk reads again, and none of those in between', async () => {
    const desk = await startSlowDesk({ TICKS_MS: 0 });
    const { ea, said } = desk;
    const ids = await refuseOrders(desk);
    const { resume } = await fill(desk, ids);
    const stalled = Date.now();
    const bids: number[] = [];
    // Long enough for two messages with figures, of which one a second is due.
    while (Date.now() - stalled < 2_500) {
      const bid = Number((1.2 + bids.length / 10_000).toFixed(4));
      await ea.control(`price EURUSD ${String(bid)} ${(bid + 0.0001).toFixed(5)}`);
      bids.push(bid);
    }
    const resumed = Date.now();
    resume();
    const told = (): unknown[] =>
      said().flatMap(({ type, symbol, bid }) => (type === 'tick' && symbol === 'EURUSD' ? [bid] : []));
    await until(() => told().includes(bids.at(-1)), 'the last price is told', 60_000);
    expect(told().filter((bid) => bids.includes(Number(bid)))).toEqual([bids.at(-1)]);
    const times = (): number[] =>
      said().flatMap(({ type, sent_at }) => (type === 'telemetry' ? [Number(sent_at)] : []));
    await until(() => (times().at(-1) ?? 0) > resumed, 'figures are told again', 20_000);
    // The EA takes UTC from seconds, so that its clock is some hundred ms off.
    expect(times().filter((at) => at > resumed - 2_000 && at < resumed - 500)).toEqual([]);
  });

  it('tells a result again that a connection may have lost, also after a long absence and after two ends', async () => {
    const desk = await startSlowDesk({ TICKS_MS: 0 });
    const { backend, ea, said, port, cut } = desk;
    const isTold = (): Said | undefined => said().find(({ signal_id }) => signal_id === 'LOST');
    await backend.send(backend.order('LOST', { lot: 1_000, expires_ms: 60_000 }));
    await until(isTold, 'its result is told', 20_000);
    await ea.control(`set SOCKET_REFUSED ${String(port)}`);
    const afterLong = cut();
    await ea.printed('The backend controller is gone');
    await ea.control('set UPTIME_AHEAD_MS 60000', 'set SOCKET_REFUSED');
    await afterLong();
    expect(await until(isTold, 'it is told again', 20_000)).toMatchObject({ repeat: true });
    // Prices stand still, and the desk that has come back knows none.
    await until(() => said().some(({ type, symbol }) => type === 'tick' && symbol === 'EURUSD'), 'the price', 20_000);
    const afterSecond = cut();
    await afterSecond();
    expect(await until(isTold, 'it is told once more', 20_000)).toMatchObject({ repeat: true });
  });
});
