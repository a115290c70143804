import { expect, it } from 'vitest';
import { Dealer } from 'zeromq';
import { openGateway } from '../../src/gateway/openGateway.ts';
import { until } from '../support/until.ts';

const requests = 60;

it('lets the event loop turn among requests that wait and take long', async () => {
  const gateway = await openGateway(0, (_, error) => {
    throw error;
  });
  const client = new Dealer({ linger: 0 });
  client.connect(gateway.endpoint);
  for (let sent = 0; sent < requests; sent += 1) await client.send('{}');
  let taken = 0;
  let most = 0;
  let since = 0;
  gateway.serve({
    request: () => {
      taken += 1;
      since += 1;
      most = Math.max(most, since);
      if (since === 1) setImmediate(() => (since = 0));
      // As long as a commit on a slow disk.
      for (const from = performance.now(); performance.now() - from < 3;);
    },
  });
  await until(() => taken === requests, 'every request is taken');
  expect(most).toBeLessThanOrEqual(3);
  client.close();
  gateway.close();
});
