import { CircleDashed, Plug, Plus, TriangleAlert } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { FeedState } from '../../../src/api/state/engines.ts';
import { formatNumber } from '../../format.ts';
import { Time } from '../../shared/time.tsx';
import { appStore } from '../../store/appStore.ts';
import { useApp, useAppState } from '../../store/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { Figure } from './figure.tsx';
import { feedCounts, feedWords } from './engineWords.ts';
import { RemoveFeed } from './removeDialog.tsx';

/** Feeds and the counts of their signals. */
export function Feeds({ names }: { names: ReadonlyMap<string, string> }): ReactElement {
  const feeds = useAppState((app) => app.feeds) ?? [];
  const [removing, setRemoving] = useState<string | null>(null);
  return (
    <section aria-label="Feeds" className="border-t border-line px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h3 className="text-sm font-semibold">Feeds</h3>
        <p className="min-w-0 flex-1 text-xs text-muted">
          Programs that publish signals instead of asking. Each signal waits for a person: a feed proves nobody’s
          identity.
        </p>
        <Button
          id="add-feed"
          className="h-7"
          onClick={() => {
            appStore.setState({ openEngine: { kind: 'addFeed' } });
          }}
        >
          <Plus className="size-4" aria-hidden="true" />
          Add feed
        </Button>
      </div>
      {feeds.length > 0 && (
        <ul aria-label="Feeds" className="mt-2 flex flex-col gap-2">
          {feeds.map((feed) => (
            <FeedCard
              key={feed.name}
              feed={feed}
              names={names}
              onRemove={() => {
                setRemoving(feed.name);
              }}
            />
          ))}
        </ul>
      )}
      {removing !== null && (
        <RemoveFeed
          name={removing}
          onDone={() => {
            setRemoving(null);
          }}
        />
      )}
    </section>
  );
}

function FeedCard({
  feed,
  names,
  onRemove,
}: {
  feed: FeedState;
  names: ReadonlyMap<string, string>;
  onRemove: () => void;
}): ReactElement {
  const { name, endpoint, connected, counts, last, problem } = feed;
  const live = useApp(({ client }) => client !== null);
  const Icon = connected ? Plug : CircleDashed;
  return (
    <li aria-label={`Feed ${name}`} className="rounded-[6px] border border-line px-3 pt-1.5 pb-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h4 className="font-mono text-base font-semibold">{name}</h4>
        <p className="flex min-w-0 items-center gap-1.5 text-sm">
          <Icon className={`size-4 shrink-0 ${connected ? 'text-live' : 'text-quiet'}`} aria-hidden="true" />
          <span className={connected ? 'text-live' : 'text-quiet'}>{connected ? 'Connected to' : 'Waiting for'}</span>
          <code className="truncate font-mono text-xs">{endpoint}</code>
        </p>
        <Button className="ml-auto h-7" disabled={!live} aria-label={`Remove ${name}`} onClick={onRemove}>
          Remove
        </Button>
      </div>
      <dl className="figures mt-1.5 flex flex-wrap gap-x-5 gap-y-1.5 text-sm">
        {feedCounts.map(({ key, word, meaning }) => (
          <Figure key={key} name={word}>
            <span title={meaning}>{formatNumber(counts[key], 0)}</span>
          </Figure>
        ))}
        <Figure name="Last signal" wide>
          {last === null ? (
            <span className="font-normal text-muted">none since the app started</span>
          ) : (
            <span className="inline-flex items-center gap-2">
              <span className="font-mono text-xs">{last.signalId}</span>
              <span className="text-xs font-normal text-muted">
                <Time at={last.at} />
              </span>
            </span>
          )}
        </Figure>
      </dl>
      {problem !== null && (
        <p className="mt-1.5 flex items-start gap-2 text-sm text-quiet">
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          <span>Its last message that could not be used: {problem} See docs/engines.md for what a signal says.</span>
        </p>
      )}
      <p className="mt-1.5 text-xs text-muted">{feedWords(feed, names).join(' · ')}</p>
    </li>
  );
}
