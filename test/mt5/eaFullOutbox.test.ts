import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { compilePlainEa, startEa } from './deskEa.ts';
import { type EaPeer, EaStage, type Said } from './eaPeer.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import type { Terminal } from './terminal.ts';
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
const questions = 120;
const idOf = (index: number): string => `WAITS_${String(index).padStart(4, '0')}`;

/** A desk whose telemetry is read by hand. */
interface SlowDesk {
  backend: EaPeer;
  ea: Terminal;
  connection: () => RawConnection;
  said: () => Said[];
}

async function startSlowDesk(): Promise<SlowDesk> {
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
  const ea = stage.keep(await startEa({ command: backend.endpoints.command, telemetry }, {}, compilePlainEa));
  const hasSaid = (wanted: string): boolean => raw.connections.length > 0 && said().some(({ type }) => type === wanted);
  await until(() => hasSaid('hello'), 'the EA says hello', 20_000);
  await backend.send({ type: 'welcome', protocol: 8, session: backend.session, epoch: 1 });
  await until(() => hasSaid('positions'), 'the EA was welcomed', 20_000);
  return { backend, ea, connection, said };
}

describe.skipIf(skipsWithoutCompiler())('an EA whose desk does not read', { timeout: 180_000 }, () => {
  it('keeps the pages of an answer until they can leave, and drops those of an earlier question', async () => {
    const { backend, ea, connection, said } = await startSlowDesk();
    const ids = Array.from({ length: orders }, (_, index) => idOf(index));
    for (const id of ids) await backend.send(backend.order(id, { lot: 1_000 }));
    const reported = (): number => said().filter(({ type }) => type === 'error').length;
    await until(() => reported() === orders, 'every order has its result', 60_000);

    const { socket } = connection();
    socket.pause();
    // It is there, and reads nothing.
    const alive = setInterval(() => socket.write(commandFrame('PING', Buffer.from([0, 0]))), 500);
    const asked = ids.map((signal_id) => ({ signal_id, session: backend.session, sent_at: Date.now() }));
    for (let n = 1; n <= questions; n += 1) {
      await backend.send({ type: 'reconcile', session: backend.session, n, since: 0, orders: asked });
    }
    // The EA reads its commands in turn: what comes after the questions shows that it has read them.
    await backend.send(backend.order('AFTER', { lot: 1_000 }));
    await ea.printed('"signal_id":"AFTER"', 60_000);
    socket.resume();
    const lastPages = (): Said[] => said().filter(({ type, n }) => type === 'reconciled' && n === questions);
    await until(() => lastPages().some(({ last }) => last === true), 'the last answer is whole', 60_000);
    clearInterval(alive);

    const told = lastPages().flatMap((page) => page['ids'] as { signal_id: string; state: string }[]);
    expect(told.map(({ signal_id }) => signal_id)).toEqual(ids);
    expect(new Set(told.map(({ state }) => state))).toEqual(new Set(['result']));
    const whole = (n: number): boolean =>
      said().some((page) => page.type === 'reconciled' && page['n'] === n && page['last'] === true);
    // Else nothing was full, and this test shows nothing.
    expect(Array.from({ length: questions }, (_, index) => index + 1).filter(whole).length).toBeLessThan(questions);
    await until(() => said().some(({ signal_id }) => signal_id === 'AFTER'), 'the result that came meanwhile', 20_000);
  });
});
