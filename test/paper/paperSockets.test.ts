import { Pull, Push } from 'zeromq';
import { afterEach, expect, it } from 'vitest';
import { PaperSockets } from '../../src/paper/paperSockets.ts';
import { sayFaults } from '../../src/paper/sayFault.ts';
import { until } from '../support/until.ts';

const undos: (() => void)[] = [];
afterEach(() => {
  for (const undo of undos.splice(0).reverse()) undo();
});

it('the paper EA takes the next command after one that met a bug, and says so', async () => {
  const [command, telemetry] = [new Push({ linger: 0, sendTimeout: 5_000 }), new Pull({ linger: 0 })];
  await Promise.all([command.bind('tcp://127.0.0.1:*'), telemetry.bind('tcp://127.0.0.1:*')]);
  const endpoints = { command: command.lastEndpoint ?? '', telemetry: telemetry.lastEndpoint ?? '' };
  const said: string[] = [];
  const onFault = sayFaults({ write: (text) => said.push(text), on: () => undefined });
  const taken: string[] = [];
  const sockets = new PaperSockets(
    { ...endpoints, feedback: endpoints.telemetry },
    { command: 'push', feedback: 'push' },
    (text) => {
      taken.push(text);
      if (taken.length < 3) throw new Error(`a bug behind ${text}`);
    },
    onFault,
  );
  undos.push(() => {
    sockets.close();
    command.close();
    telemetry.close();
  });
  for (const text of ['one', 'two', 'three']) await command.send(text);
  await until(() => taken.length === 3, 'all three are taken');
  expect(said).toEqual([expect.stringContaining('a bug behind one'), expect.stringContaining('a bug behind two')]);
});
