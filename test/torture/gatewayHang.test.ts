import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { armWhenCurrent, Undos } from './appHarness.ts';
import { say, timeLimit, times } from './faults.ts';
import { GatewayApp, Peer } from './gatewayHarness.ts';

const undos = new Undos();
afterEach(() => undos.all());

const rounds = times(2, 20);
/** In a hang; each in its own minute of an engine. */
const signals = 20;

/** Longer than what is refused by its time of sending, and shorter than what disarms. */
const shortMs = 3_000;
/** Long enough to disarm. */
const longMs = 6_500;

it('an app that stood still fires nothing that waited meanwhile', { timeout: timeLimit(rounds, 20_000) }, async () => {
  const app = await GatewayApp.open(undos);
  const token = await app.engine('VENOM');
  const peer = new Peer(undos, app.gateway);
  await peer.ask({ type: 'ping', engine: 'VENOM', token });
  const hang = async (ms: number, round: number, timed: boolean): Promise<string[]> => {
    const before = peer.count;
    app.app.child.kill('SIGSTOP');
    const ids: string[] = [];
    try {
      for (let count = 0; count < signals; count += 1) {
        const signal_id = `H_${String(round)}_${timed ? 't' : 'u'}_${String(count)}`;
        ids.push(signal_id);
        await peer.send({
          ...{ type: 'signal', engine: 'VENOM', token, action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 20, tp: 40 },
          ...(timed ? { sent_at: Date.now() } : {}),
          signal_id,
        });
      }
      await wait(ms);
    } finally {
      app.app.child.kill('SIGCONT');
    }
    // Answered in their order: all of them have been read when this is.
    await peer.ask({ type: 'ping', engine: 'VENOM', token });
    await expect.poll(() => peer.count - before, { timeout: 20_000 }).toBeGreaterThanOrEqual(signals + 1);
    return ids;
  };
  let waited = 0;
  for (let round = 0; round < rounds; round += 1) {
    waited += (await hang(shortMs, round, true)).length;
    waited += (await hang(longMs, round, false)).length;
    await armWhenCurrent(app.client);
    const proof = `PROOF_${String(round)}`;
    const fired = { type: 'signal', engine: 'VENOM', token, action: 'buy', symbol: 'EURUSD', lot: 0.1, sl: 20, tp: 40 };
    expect(await peer.ask({ ...fired, sent_at: Date.now(), signal_id: proof })).toMatchObject({ type: 'trade_result' });
  }
  const late = (await app.reached()).filter((id) => id.startsWith('H_'));
  const kinds = [...peer.kinds].map(([kind, count]) => `${kind} ${String(count)}`).join(', ');
  say(
    `the app hangs: ${String(rounds)} times for ${String(shortMs)} ms, ${String(rounds)} times for ${String(longMs)} ms; ${String(waited)} signals waited, ${String(late.length)} of them fired; answers: ${kinds}`,
  );
  expect(late).toEqual([]);
});
