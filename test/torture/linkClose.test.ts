import { afterEach, describe, expect, it } from 'vitest';
import { Context, Pull, Push } from 'zeromq';
import { drain } from '../../src/zmq/drain.ts';
import { until } from '../support/until.ts';
import { Undos } from './appHarness.ts';
import { times } from './faults.ts';
import { report } from './linkHarness.ts';

const undos = new Undos();
afterEach(() => undos.all());

const rounds = times(20, 1_000);

describe('a socket that is closed while frames come in', () => {
  // A promise that nobody awaits ends the app's process when it fails.
  it('ends its drain without an error', { timeout: 60_000 }, async () => {
    const failures: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const context = new Context();
      const pull = new Pull({ context, linger: 0 });
      const push = new Push({ context, linger: 0 });
      undos.add(() => {
        push.close();
      });
      await pull.bind('tcp://127.0.0.1:*');
      push.connect(pull.lastEndpoint ?? '');
      await push.send('a frame');
      await until(() => pull.readable, 'a frame is waiting');
      const drained = drain(pull, () => undefined);
      pull.close();
      await drained.catch((error: unknown) => failures.push(String(error)));
    }
    report('closed while frames come in', { rounds, failures: failures.length });
    expect(failures).toEqual([]);
  });
});
