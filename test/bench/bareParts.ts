import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Pull, Push } from 'zeromq';
import { run } from '../support/processes.ts';

// What no order can do without, bare: the baselines of fireBench and gatewayBench.

const signal =
  '{"type":"signal","action":"buy","symbol":"XAUUSD","lot":0.1,"tp":40,"sl":20,"signal_id":"BENCH_0000000"}';

/** A bare zeromq.js echo: PUSH to a peer, its PUSH back. */
export async function openEcho(): Promise<{ exchange: () => Promise<void>; close: () => Promise<unknown> }> {
  const push = new Push();
  const pull = new Pull();
  await push.bind('tcp://127.0.0.1:*');
  await pull.bind('tcp://127.0.0.1:*');
  const peer = run(['test/bench/echoPeer.ts', push.lastEndpoint ?? '', pull.lastEndpoint ?? '', 'echo'], {
    stdin: 'pipe',
  });
  return {
    exchange: async () => {
      await push.send(signal);
      await pull.receive();
    },
    close: () => {
      push.close();
      pull.close();
      return peer.end('SIGKILL');
    },
  };
}

/** A bare durable commit of one row as long as an order's, in WAL mode with `synchronous=FULL`. */
export function openCommit(dataDir: string): () => void {
  const db = new Database(join(dataDir, 'bare.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE entries (seq INTEGER PRIMARY KEY, body TEXT NOT NULL)');
  const insert = db.prepare('INSERT INTO entries (body) VALUES (?)');
  const body = 'x'.repeat(600);
  return () => insert.run(body);
}
