import type { ApiClient } from '../../api/rpc/connectApi.ts';
import type { FeedState } from '../../api/state/engines.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import type { Output } from './withApp.ts';

export interface FeedFlags {
  endpoint?: string;
  topic?: string[];
  bridge?: string;
  maxAge?: number;
  risk?: number;
  maxLot?: number | 'none';
}

export async function addFeed(client: ApiClient, output: Output, name: string, flags: FeedFlags): Promise<ExitCode> {
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

export async function listFeeds(client: ApiClient, output: Output): Promise<ExitCode> {
  const { state } = await client.call('snapshot', null);
  const lines = state.feeds.length === 0 ? ['There are no feeds.'] : state.feeds.map(describe);
  output.print({ feeds: state.feeds, waiting: state.waiting }, lines.join('\n'));
  return exitCodes.done;
}

export async function removeFeed(client: ApiClient, output: Output, name: string): Promise<ExitCode> {
  await client.call('removeFeed', { name });
  output.print({ name, removed: true }, `Feed ${name} is not listened to any more.`);
  return exitCodes.done;
}

function describe({ name, endpoint, topics, maxLot, connected, counts, problem }: FeedState): string {
  const about = topics.length === 0 ? 'every topic' : topics.join(', ');
  const words = `${name}: ${connected ? 'connected to' : 'waiting for'} ${endpoint}, ${about}, at most ${maxLot === null ? 'any number of' : String(maxLot)} lots, ${String(counts.received)} signals`;
  return problem === null ? words : `${words}\n  its last unreadable message: ${problem}`;
}
