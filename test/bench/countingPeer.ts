import { Subscriber } from 'zeromq';

// Counts what is published, until its standard input ends; then prints it. argv: endpoint

const socket = new Subscriber({ receiveHighWaterMark: 0, linger: 0 });
socket.connect(process.argv[2] ?? '');
socket.subscribe();
let frames = 0;
process.stdin.on('end', () => {
  process.stdout.write(JSON.stringify({ frames }), () => process.exit(0));
});
process.stdin.resume();
for await (const [text] of socket) {
  // What is published besides the EA's own frames are states of orders.
  if (!String(text).startsWith('{"type":"order"')) frames += 1;
}
