import { connectZmtp, subscribeToAll } from '../support/zmtpConnection.ts';

// Counts what is published, until its standard input or the stream ends (`{"type":"end"}`); then prints it. Says `heard` on
// standard error with the first message of all. argv: endpoint

const [ofEnd, ofOrder] = ['{"type":"end"', '{"type":"order"'].map((text) => Buffer.from(text)) as [Buffer, Buffer];
let frames = 0;
let heard = false;
const end = (): void => {
  process.stdout.write(JSON.stringify({ frames }), () => process.exit(0));
};
process.stdin.on('end', end);
process.stdin.resume();

const begins = (message: Buffer, text: Buffer): boolean => message.subarray(0, text.length).equals(text);
const connection = await connectZmtp(process.argv[2] ?? '', 'SUB', (message) => {
  if (!heard) process.stderr.write('heard\n');
  heard = true;
  if (begins(message, ofEnd)) end();
  // What is published besides the EA's own frames are states of orders.
  else if (!begins(message, ofOrder)) frames += 1;
});
await subscribeToAll(connection);
