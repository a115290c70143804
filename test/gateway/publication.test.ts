import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPublication, type PublicationSocket } from '../../src/gateway/openPublication.ts';
import { run, type Running } from '../support/processes.ts';
import { until } from '../support/until.ts';

let publication: PublicationSocket;
let subscribers: Running[] = [];
beforeEach(async () => {
  publication = await openPublication(0);
});
afterEach(async () => {
  publication.close();
  await Promise.all(subscribers.map((subscriber) => subscriber.end('SIGKILL')));
  subscribers = [];
});

/** In a process of its own, and heard by the time this is done. */
async function subscribe(): Promise<Running> {
  const subscriber = run(['test/bench/countingPeer.ts', publication.endpoint], { stdin: 'pipe' });
  subscribers.push(subscriber);
  await until(() => {
    publication.publish('{"type":"order"}');
    return subscriber.output.stderr.includes('heard');
  }, 'the subscriber listens');
  return subscriber;
}

/** So many messages, with pauses in which the event loop and the subscribers get their turn. */
async function publish(count: number, atOnce: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) {
    publication.publish(`{"type":"tick","symbol":"EURUSD","bid":1.1,"ask":1.2,"number":${String(sent)}}`);
    if (sent % atOnce === 0) await wait(8);
  }
}

const counted = async (subscriber: Running): Promise<unknown> => JSON.parse((await subscriber.finished).stdout);

describe('what is published again', () => {
  it('reaches a subscriber whole that pauses for a while', async () => {
    const subscriber = await subscribe();
    subscriber.child.kill('SIGSTOP');
    await publish(20_000, 100);
    subscriber.child.kill('SIGCONT');
    publication.publish('{"type":"end"}');
    expect(await counted(subscriber)).toEqual({ frames: 20_000 });
  });

  it('is dropped for one that never goes on, and for nobody else', async () => {
    const deaf = await subscribe();
    const other = await subscribe();
    deaf.child.kill('SIGSTOP');
    await publish(120_000, 500);
    publication.publish('{"type":"end"}');
    expect(await counted(other)).toEqual({ frames: 120_000 });
  });

  it('goes on while another subscriber sends whatever it likes, without end', async () => {
    const subscriber = await subscribe();
    const flood = run(['test/bench/floodPeer.ts', publication.endpoint, 'SUB']);
    subscribers.push(flood);
    await publish(20_000, 100);
    publication.publish('{"type":"end"}');
    expect(await counted(subscriber)).toEqual({ frames: 20_000 });
    expect(flood.child.exitCode).toBeNull();
  });
});
