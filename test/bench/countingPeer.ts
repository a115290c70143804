import { Subscriber } from 'zeromq';

// Counts what is published, until its standard input or the stream ends (`{"type":"end"}`); then prints it. Says `heard` on
// standard error with the first message of all. argv: endpoint

const socket = new Subscriber({ receiveHighWaterMark: 0, linger: 0 });
socket.connect(process.argv[2] ?? '');
socket.subscribe();
let frames = 0;
let heard = false;
const end = (): void => {
  process.stdout.write(JSON.stringify({ frames }), () => process.exit(0));
};
process.stdin.on('end', end);
process.stdin.resume();
for await (const [frame] of socket) {
  const text = String(frame);
  if (!heard) process.stderr.write('heard\n');
  heard = true;
  if (text.startsWith('{"type":"end"')) end();
  // What is published besides the EA's own frames are states of orders.
  else if (!text.startsWith('{"type":"order"')) frames += 1;
}
