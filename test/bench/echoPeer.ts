import { Pull, Push } from 'zeromq';

// A peer that answers at once. argv: command endpoint, feedback endpoint, "ea" or "echo"
// As an EA it answers signals with a result, pings with a pong, and sends telemetry every second.

const [, , command = '', feedback = '', role = ''] = process.argv;
const pull = new Pull();
pull.connect(command);
const push = new Push();
push.connect(feedback);
if (role === 'ea') {
  setInterval(() => {
    void push.send('{"type":"telemetry","uuid":"bench","balance":1000.00,"equity":1000.00,"margin":0.00}');
  }, 1_000);
}
for await (const [frame] of pull) {
  if (frame !== undefined) await push.send(role === 'ea' ? answer(frame.toString()) : frame);
}

function answer(text: string): string {
  const { type, signal_id } = JSON.parse(text) as { type: string; signal_id?: string };
  if (type === 'ping') return '{"type":"pong","timestamp":"x"}';
  if (type !== 'signal') return '{"type":"status","status":"config","account":1,"server":"Bench"}';
  return `{"type":"trade_result","signal_id":"${signal_id ?? ''}","status":"success","ticket":8412389,"price":2341.22000,"message":"","balance":1000.00,"equity":1000.00,"margin":11.50,"timestamp":"2025.09.15 12:34:56"}`;
}
