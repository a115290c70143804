import { connectZmtp } from '../support/zmtpConnection.ts';

// An EA that answers at once and sends so many messages of telemetry a second, until its standard input ends. Then it
// prints how many it sent. argv: command endpoint, feedback endpoint, messages a second

const [, , command = '', feedback = '', rate = '50000'] = process.argv;
const stepMs = 2;
const push = await connectZmtp(feedback, 'PUSH');
let sent = 0;
let over = false;
const say = (...texts: string[]): void => {
  sent += texts.length;
  void push.send(texts);
};
const tick =
  '{"type":"tick","symbol":"XAUUSD","bid":2341.15,"ask":2341.28,"spread":13.0,"volume":0,"timestamp":1754060224}';
const account = '{"type":"telemetry","uuid":"bench","balance":1000.00,"equity":1000.00,"margin":0.00}';

process.stdin.on('end', () => {
  over = true;
  void push.end().then(() => process.stdout.write(String(sent), () => process.exit(0)));
});
process.stdin.resume();

const began = performance.now();
let due = 0;
setInterval(() => {
  if (over) return;
  const until = ((performance.now() - began) / 1_000) * Number(rate);
  const texts: string[] = [];
  for (; due < until; due += 1) texts.push(due % 100 === 0 ? account : tick);
  say(...texts);
}, stepMs);

await connectZmtp(command, 'PULL', (frame) => {
  const { type, signal_id: id = '' } = JSON.parse(frame.toString()) as { type: string; signal_id?: string };
  if (type === 'ping') say('{"type":"pong","timestamp":"x"}');
  else if (type !== 'signal') say('{"type":"status","status":"config","account":1,"server":"Bench"}');
  else say(`{"type":"trade_result","signal_id":"${id}","status":"success","ticket":8412389,"price":2341.28}`);
});
