import { aliveEa } from './aliveEa.ts';

// An EA on one chart, as v7 is: ticks of XAUUSD, its bars every 5 s, a little telemetry. It runs until it is killed.
// argv: command endpoint, telemetry endpoint, ticks a second

const [, , command = '', telemetry = '', rate = '100'] = process.argv;
const minuteMs = 60_000;
const stepMs = 10;
const bars = 200;

const { say, answer } = aliveEa(command, telemetry);

let ticks = 0;
function tick(): object {
  ticks += 1;
  const bid = Number((2341.22 + Math.sin(ticks / 300) + Math.sin(ticks / 17) / 10).toFixed(2));
  return { type: 'tick', symbol: 'XAUUSD', bid, ask: Number((bid + 0.25).toFixed(2)), spread: 25, volume: 0 };
}

function candles(): object {
  const now = Date.now();
  const batch = (minutes: number): object[] =>
    Array.from({ length: bars }, (_, index) => {
      const start = Math.floor(now / minuteMs / minutes) - (bars - index);
      const open = Number((2341 + Math.sin(start)).toFixed(2));
      return { time: start * minutes * 60, open, high: open + 0.6, low: open - 0.6, close: open + 0.2, volume: 50 };
    });
  return {
    type: 'candle_batch',
    symbol: 'XAUUSD',
    timestamp: Math.floor(now / 1000),
    M1: batch(1),
    M5: batch(5),
    M15: batch(15),
  };
}

const began = performance.now();
setInterval(() => {
  const due = ((performance.now() - began) / 1000) * Number(rate);
  while (ticks < due) say(tick());
}, stepMs);
setInterval(() => {
  say({ type: 'telemetry', uuid: 'chart', balance: 10_000, equity: 10_000 + Math.sin(ticks / 100), margin: 465 });
}, 250);
setInterval(() => {
  say(candles());
}, 5_000);

await answer();
