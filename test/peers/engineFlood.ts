import { setImmediate as turn } from 'node:timers/promises';
import { Dealer } from 'zeromq';

// An engine that sends signals as fast as its socket takes them, each with an ID of its own, until its stdin ends. Then it
// prints how many.
//
//   node test/peers/engineFlood.ts <gateway> <signal as JSON>

const [endpoint = '', signal = '{}'] = process.argv.slice(2);
const socket = new Dealer({ linger: 0, sendHighWaterMark: 1_000 });
socket.connect(endpoint);
const template = JSON.parse(signal) as object;
let over = false;
process.stdin.on('end', () => (over = true)).resume();
void (async () => {
  for await (const [text] of socket) if (text === undefined) return;
})();
const isOver = (): boolean => over;
let sent = 0;
for (; !isOver(); sent += 1) {
  await socket.send(JSON.stringify({ ...template, signal_id: `F${String(sent)}` }));
  if (sent % 100 === 0) await turn();
}
process.stdout.write(`${String(sent)}\n`, () => process.exit(0));
