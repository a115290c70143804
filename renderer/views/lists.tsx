import { CircleAlert } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { lazy, Suspense, useState, type ReactElement } from 'react';
import type { BridgeState } from '../../src/api/state/state.ts';
import { formatCount, formatNumber } from '../format.ts';
import { useAppState, useOrphans } from '../store/hooks.ts';
import { useWide } from '../store/windowSize.ts';
import { useOrderCount } from '../store/statisticsAnswers.ts';
import { Alarms } from './alarms/alarms.tsx';
import { alarmBadge, concerns } from './alarms/concerns.ts';
import type { Attention } from './attention.ts';
import { attentionOf } from './engines/engineWords.ts';
import { Limits } from './limits/limits.tsx';
import { refusing } from '../shared/limitWords.ts';
import { Executions } from './orders/executions.tsx';
import { Statistics } from './statistics/statistics.tsx';
import { UnreadableFrames } from './unreadable/unreadableFrames.tsx';

const Engines = lazy(async () => ({ default: (await import('./engines/engines.tsx')).Engines }));
const Positions = lazy(async () => ({ default: (await import('./positions/positions.tsx')).Positions }));
const WireLog = lazy(async () => ({ default: (await import('./wire/wireLog.tsx')).WireLog }));

/** The lists at the bottom; in a wide window two of them beside each other. */
export function Lists({ bridge }: { bridge: BridgeState }): ReactElement {
  const isWide = useWide();
  return (
    <div
      className={`grid h-full grid-rows-[minmax(0,1fr)] ${isWide ? 'grid-cols-2 divide-x divide-line' : 'grid-cols-1'}`}
    >
      <TabbedLists name="Lists" first="executions" bridge={bridge} />
      {isWide && <TabbedLists name="More lists" first="alarms" bridge={bridge} />}
    </div>
  );
}

/** Lists in tabs, each with its count. */
function TabbedLists({
  name,
  first,
  bridge,
}: {
  name: string;
  /** The tab that is open at first. */
  first: string;
  bridge: BridgeState;
}): ReactElement {
  const orders = useAppState((app) => app.orders.filter((order) => order.bridge === bridge.id).length) ?? 0;
  const unknown =
    useAppState(
      (app) => app.orders.filter((order) => order.bridge === bridge.id && order.state === 'unknown').length,
    ) ?? 0;
  const orphans = useOrphans(bridge).length;
  const counted = useOrderCount(bridge.id) ?? 0;
  const alarms = (useAppState((app) => app.alarms) ?? []).filter((alarm) => concerns(alarm, bridge.id));
  const [shown, setShown] = useState(first);
  // Without an EA no limit is known, which is shown elsewhere.
  const stopped = bridge.stream === 'current' ? refusing(bridge.risk) : 0;
  const engines = useAppState((app) => app.engines) ?? [];
  const waiting = useAppState((app) => app.waiting.length) ?? 0;
  const { positions, orders: pending } = bridge.openTrades;
  const tabs = [
    {
      value: 'positions',
      title: 'Positions',
      // Some EAs tell how many are open, not which.
      count: (positions?.length ?? bridge.account.positions ?? 0) + (pending ?? []).length,
      attention: null,
      content: (
        <Suspense>
          <Positions bridge={bridge} />
        </Suspense>
      ),
    },
    {
      value: 'executions',
      title: 'Executions',
      // The count lags behind the newest orders of the app's state.
      count: Math.max(orders, counted),
      attention: unknown + orphans === 0 ? null : { count: unknown + orphans, words: 'unknown', class: 'text-unknown' },
      content: <Executions bridge={bridge} />,
    },
    {
      value: 'engines',
      title: 'Engines',
      count: engines.length,
      attention: attentionOf(engines, waiting),
      content: (
        <Suspense>
          <Engines />
        </Suspense>
      ),
    },
    {
      value: 'wire',
      title: 'Wire log',
      count: bridge.wireFrames,
      attention: null,
      content: (
        <Suspense>
          <WireLog bridge={bridge} />
        </Suspense>
      ),
    },
    {
      value: 'unreadable',
      title: 'Unreadable',
      more: ' frames',
      count: bridge.unreadable,
      attention: null,
      content: <UnreadableFrames bridge={bridge} />,
    },
    {
      value: 'alarms',
      title: 'Alarms',
      count: alarms.length,
      attention: alarmBadge(alarms),
      content: <Alarms bridge={bridge} />,
    },
    {
      value: 'limits',
      title: 'Limits',
      count: bridge.risk.length,
      attention: stopped === 0 ? null : { count: stopped, words: 'refusing', class: 'text-down' },
      content: <Limits bridge={bridge} />,
    },
    {
      value: 'statistics',
      title: 'Statistics',
      count: counted,
      attention: null,
      content: <Statistics key={bridge.id} bridge={bridge} />,
    },
  ];
  return (
    <Tabs.Root value={shown} onValueChange={setShown} className="@container flex h-full min-w-0 flex-col bg-panel">
      <Tabs.List aria-label={name} className="flex shrink-0 flex-wrap border-b border-line px-3 @min-[58rem]:gap-x-1">
        {tabs.map(({ value, title, more = '', count: total, attention }) => (
          <Tabs.Trigger
            key={value}
            value={value}
            className="relative -mb-px flex h-7 items-center gap-1 border-b-2 @min-[40rem]:h-9 border-transparent px-1.5 text-sm whitespace-nowrap @min-[58rem]:gap-2 @min-[58rem]:px-2 focus-visible:-outline-offset-2 text-muted hover:text-text data-[state=active]:border-focus data-[state=active]:font-medium data-[state=active]:text-text"
          >
            <span>
              {title}
              <span className="sr-only @min-[80rem]:not-sr-only">{more}</span>
            </span>
            {/* Where both have no room, what needs a person. */}
            <span
              className={`figures hidden min-w-5 rounded-full bg-raised px-1.5 text-center text-xs leading-[1.125rem] text-muted ${attention === null ? '@min-[58rem]:inline' : '@min-[80rem]:inline'}`}
            >
              {formatCount(total)}
            </span>
            {attention !== null && <AttentionBadge attention={attention} />}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {tabs.map(({ value, content }) => (
        <Tabs.Content key={value} value={value} className="min-h-0 flex-1 overflow-y-auto">
          {content}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}

/** What needs a person, on its tab: the count, and in a wide window its words. */
function AttentionBadge({ attention: { count, words, class: colour } }: { attention: Attention }): ReactElement {
  return (
    <span
      title={`${formatNumber(count, 0)} ${words}`}
      className={`figures inline-flex items-center gap-1 text-xs leading-[1.125rem] font-semibold ${colour}`}
    >
      <CircleAlert className="size-3 shrink-0" aria-hidden="true" />
      {formatCount(count)}
      <span className="sr-only @min-[80rem]:not-sr-only"> {words}</span>
    </span>
  );
}
