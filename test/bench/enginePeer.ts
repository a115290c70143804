import { setTimeout as wait } from 'node:timers/promises';
import { connectZmtp } from '../support/zmtpConnection.ts';

// An engine at the gateway. argv: gateway, token, "paced <rounds>" or "rate <a second> <seconds> <bridges>".
// paced: one order after the other, with 4 ms between them; prints the times from request to result in ms.
// rate: so many a second over all bridges in turn; prints what came back.

const [, , gateway = '', token = '', how = '', ...numbers] = process.argv;
const [first = 0, second = 0, bridges = 1] = numbers.map(Number);
/** What came and is not read yet. */
const replies: string[] = [];
let replied = (): void => undefined;
const connection = await connectZmtp(gateway, 'DEALER', (frame) => {
  replies.push(frame.toString());
  replied();
});

const request = (signalId: string, bridge: number): string =>
  JSON.stringify({
    type: 'signal',
    engine: 'BENCH',
    token,
    bridge: bridge === 0 ? 'main' : `bridge${String(bridge)}`,
    action: 'buy',
    symbol: 'XAUUSD',
    lot: 0.1,
    sl: 20,
    tp: 40,
    signal_id: signalId,
  });

interface Reply {
  type: string;
  signal_id: string;
  bridge?: string;
  code?: string;
}

async function receive(): Promise<Reply> {
  while (replies.length === 0) await new Promise<void>((resolve) => (replied = resolve));
  return JSON.parse(replies.shift() ?? '') as Reply;
}

if (how === 'paced') {
  const times: number[] = [];
  for (let round = 0; round < first; round += 1) {
    await wait(4);
    const from = performance.now();
    await connection.send([request(`PACED_${String(round)}`, 0)]);
    let reply = await receive();
    while (reply.type === 'ack') reply = await receive();
    if (reply.type !== 'trade_result') throw new Error(JSON.stringify(reply));
    times.push(performance.now() - from);
  }
  process.stdout.write(JSON.stringify(times), () => process.exit(0));
} else {
  const wanted = first * second;
  const results = new Map<string, number>();
  const kinds = new Map<string, number>();
  let misrouted = 0;
  void (async () => {
    for (;;) {
      const { type, signal_id, bridge, code } = await receive();
      if (type === 'ack') continue;
      kinds.set(code ?? type, (kinds.get(code ?? type) ?? 0) + 1);
      results.set(signal_id, (results.get(signal_id) ?? 0) + 1);
      const number = Number(signal_id.split('_')[1]) % bridges;
      if (type === 'trade_result' && bridge !== (number === 0 ? 'main' : `bridge${String(number)}`)) misrouted += 1;
    }
  })();
  const began = performance.now();
  for (let sent = 0; sent < wanted;) {
    const due = Math.min(wanted, Math.floor(((performance.now() - began) / 1_000) * first));
    for (; sent < due; sent += 1) await connection.send([request(`RATE_${String(sent)}`, sent % bridges)]);
    await wait(2);
  }
  const giveUpAt = performance.now() + 20_000;
  while (results.size < wanted && performance.now() < giveUpAt) await wait(20);
  const tookS = (performance.now() - began) / 1_000;
  const twice = [...results.values()].filter((count) => count > 1).length;
  const told = { wanted, answered: results.size, twice, misrouted, kinds: Object.fromEntries(kinds), tookS };
  process.stdout.write(JSON.stringify(told), () => process.exit(0));
}
