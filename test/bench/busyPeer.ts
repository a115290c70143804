import { Pull, Push } from 'zeromq';

// An EA that answers at once and sends so many messages of telemetry a second, until its standard input ends. Then it
// prints how many it sent. argv: command endpoint, feedback endpoint, messages a second

const [, , command = '', feedback = '', rate = '50000'] = process.argv;
const pull = new Pull();
const push = new Push({ sendHighWaterMark: 200_000 });
pull.connect(command);
push.connect(feedback);
let sent = 0;
let over = false;
/** One after the other, as a socket takes them. */
let last: Promise<unknown> = Promise.resolve();
const say = (text: string): void => {
  sent += 1;
  last = last.then(() => push.send(text));
};
const tick =
  '{"type":"tick","symbol":"XAUUSD","bid":2341.15,"ask":2341.28,"spread":13.0,"volume":0,"timestamp":1754060224}';
const account = '{"type":"telemetry","uuid":"bench","balance":1000.00,"equity":1000.00,"margin":0.00}';

process.stdin.on('end', () => {
  over = true;
  void last.then(() => process.stdout.write(String(sent), () => process.exit(0)));
});
process.stdin.resume();

const began = performance.now();
let due = 0;
setInterval(() => {
  const until = ((performance.now() - began) / 1_000) * Number(rate);
  for (; due < until && !over; due += 1) say(due % 100 === 0 ? account : tick);
}, 5);

for await (const [frame] of pull) {
  if (frame === undefined) continue;
  const { type, signal_id: id = '' } = JSON.parse(frame.toString()) as { type: string; signal_id?: string };
  if (type === 'ping') say('{"type":"pong","timestamp":"x"}');
  else if (type !== 'signal') say('{"type":"status","status":"config","account":1,"server":"Bench"}');
  else say(`{"type":"trade_result","signal_id":"${id}","status":"success","ticket":8412389,"price":2341.28}`);
}
