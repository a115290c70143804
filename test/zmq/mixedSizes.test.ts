import { Context, Push } from 'zeromq';
import { afterEach, it } from 'vitest';
import { openLink } from '../../src/zmq/openLink.ts';
import { linkOptions } from '../support/linkOptions.ts';
import { RecordingListener } from '../support/recordingListener.ts';
import { until } from '../support/until.ts';
import { Undos } from '../torture/appHarness.ts';

const undos = new Undos();
afterEach(() => undos.all());

it.each([5_000, 60_000, 1_000_000, 16 * 1024 * 1024])(
  'a frame of %i bytes among thousands of small ones holds none of them back',
  { timeout: 60_000 },
  async (largeBytes) => {
    const link = await openLink(linkOptions);
    undos.add(() => link.close());
    const recorded = new RecordingListener();
    link.start(recorded);
    const context = new Context();
    context.blocky = false;
    const push = new Push({ context, linger: 0, sendTimeout: 20_000 });
    undos.add(() => {
      push.close();
    });
    push.connect(link.endpoints.telemetry);
    let sent = 0;
    const say = async (count: number, bytes: number): Promise<void> => {
      for (let i = 0; i < count; i += 1) await push.send(Buffer.alloc(bytes, 0x20));
      sent += count;
      await until(() => recorded.frames.length === sent, `${String(sent)} frames are there`, 20_000);
    };
    await say(7_000, 100);
    await say(1, largeBytes);
    await say(30_000, 100);
    await say(3, largeBytes);
    await say(1_000, 100);
  },
);
