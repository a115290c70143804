import { Push, Pull } from 'zeromq';
import { startEa } from './deskEa.ts';
const push = new Push(), pull = new Pull();
await push.bind('tcp://127.0.0.1:*'); await pull.bind('tcp://127.0.0.1:*');
const ea = await startEa({ command: push.lastEndpoint!, telemetry: pull.lastEndpoint! });
(async () => { for await (const [m] of pull) console.log('GOT', String(m).slice(0, 300)); })();
for (const e of ['accept','handshake','disconnect','handshake:error:protocol']) { (push.events as any).on(e, () => console.log('push', e)); (pull.events as any).on(e, () => console.log('pull', e)); }
await new Promise((r) => setTimeout(r, 4000));
console.log('LINES', ea.lines(), ea.output.stderr);
await ea.end('SIGKILL');
process.exit();
