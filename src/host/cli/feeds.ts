import { parseNumber } from '../config/readTyped.ts';
import type { Register } from './register.ts';
import { parseLimit } from './parseLimit.ts';
import type { ApiClient } from '../../api/rpc/connectApi.ts';
import type { FeedState } from '../../api/state/engines.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import { type Output, withApp } from './withApp.ts';

interface FeedFlags {
  endpoint?: string;
  topic?: string[];
  bridge?: string;
  maxAge?: number;
  risk?: number;
  maxLot?: number | 'none';
}

async function addFeed(client: ApiClient, output: Output, name: string, flags: FeedFlags): Promise<ExitCode> {
  await client.call('addFeed', {
    name,
    endpoint: flags.endpoint,
    topics: flags.topic,
    bridge: flags.bridge,
    maxAgeS: flags.maxAge,
    riskPercent: flags.risk,
    maxLot: flags.maxLot === 'none' ? null : flags.maxLot,
  });
  output.print({ name }, `Feed ${name} is listened to. Its signals wait in the inbox for a person.`);
  return exitCodes.done;
}

async function listFeeds(client: ApiClient, output: Output): Promise<ExitCode> {
  const { state } = await client.call('snapshot', null);
  const lines = state.feeds.length === 0 ? ['There are no feeds.'] : state.feeds.map(describe);
  output.print({ feeds: state.feeds, waiting: state.waiting }, lines.join('\n'));
  return exitCodes.done;
}

async function removeFeed(client: ApiClient, output: Output, name: string): Promise<ExitCode> {
  await client.call('removeFeed', { name });
  output.print({ name, removed: true }, `Feed ${name} is not listened to any more.`);
  return exitCodes.done;
}

function describe({ name, endpoint, topics, maxLot, connected, counts, problem }: FeedState): string {
  const about = topics.length === 0 ? 'every topic' : topics.join(', ');
  const words = `${name}: ${connected ? 'connected to' : 'waiting for'} ${endpoint}, ${about}, at most ${maxLot === null ? 'any number of' : String(maxLot)} lots, ${String(counts.received)} signals`;
  return problem === null ? words : `${words}\n  its last unreadable message: ${problem}`;
}

/** `feeds` */
export const register: Register = (program, options) => {
  const feeds = program.command('feeds').description('programs that publish signals, which wait for a person');

  feeds
    .command('add')
    .description('listen to a feed')
    .argument('<name>', 'its name')
    .option('--endpoint <address>', 'where it publishes (tcp://127.0.0.1:5557)')
    .option('--topic <topic...>', 'beginnings of its messages; all when left out')
    .option('--bridge <id>', 'the bridge of its signals')
    .option('--max-age <seconds>', 'how old a signal may become (120)', parseNumber)
    .option('--risk <percent>', '% of equity that a signal without lots may risk (2)', parseNumber)
    .option('--max-lot <lots>', 'lots of one order (1); none: no limit of its own', parseLimit)
    .action((name: string, flags: FeedFlags) =>
      withApp(options(), (client, output) => addFeed(client, output, name, flags)),
    );

  feeds
    .command('list')
    .description('show feeds and what came of them')
    .action(() => withApp(options(), listFeeds));

  feeds
    .command('remove')
    .description('stop listening to a feed')
    .argument('<name>', 'its name')
    .action((name: string) => withApp(options(), (client, output) => removeFeed(client, output, name)));
};
