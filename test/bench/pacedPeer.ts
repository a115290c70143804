import { aliveEa } from './aliveEa.ts';

// An EA that is alive to the app and sends so many messages a second, until it is killed.
// argv: command endpoint, telemetry endpoint, messages a second

const [, , command = '', telemetry = '', rate = '1000'] = process.argv;
const symbols = { XAUUSD: 2341.22, EURUSD: 1.15548, GBPUSD: 1.35379, USDJPY: 147.162 };
const stepMs = 10;

const { say, answer } = aliveEa(command, telemetry);

let said = 0;
function next(): object {
  said += 1;
  const swing = Math.sin(said / 700);
  if (said % 5 === 0) {
    return { type: 'telemetry', uuid: 'paced', balance: 10_000, equity: 10_000 + 40 * swing, margin: 465 + swing };
  }
  const [symbol, price] = Object.entries(symbols)[said % 4] ?? ['XAUUSD', 2341.22];
  const bid = Number((price * (1 + swing / 1000)).toFixed(3));
  return { type: 'tick', symbol, bid, ask: Number((bid * 1.0001).toFixed(3)), spread: 25, volume: 0, timestamp: said };
}

const began = performance.now();
setInterval(() => {
  const due = ((performance.now() - began) / 1000) * Number(rate);
  while (said < due) say(next());
}, stepMs);

await answer();
