import type { ReactElement } from 'react';
import type { EngineState } from '../../../src/api/state/engines.ts';
import { formatNumber } from '../../format.ts';
import { Time } from '../../shared/time.tsx';
import { stateColours, stateIcons } from '../../shared/stateLook.tsx';
import { Figure } from './figure.tsx';
import { engineCounts, fillRateWords, ofLimit } from './engineWords.ts';

/** Results of an engine's signals since the app started, and its use of its limits. */
export function EngineFigures({ engine }: { engine: EngineState }): ReactElement {
  return (
    <dl className="figures mt-1.5 flex flex-wrap gap-x-5 gap-y-1.5 text-sm">
      <Figure name="Last minute" wide>
        <Limited figure={engine.ordersLastMinute} limit={engine.tradesPerMinute} />
      </Figure>
      <Figure name="Trades today" wide>
        <Limited figure={engine.tradesToday} limit={engine.tradesPerDay} />
      </Figure>
      <Figure name="Failures in a row" wide>
        <Limited figure={engine.failuresInARow} limit={engine.haltAfter} />
      </Figure>
      <Figure name="Fill rate">
        <span title="Filled of what was filled, rejected or unknown, since the app started">
          {fillRateWords(engine)}
        </span>
      </Figure>
      {engineCounts.map((name) => (
        <Figure key={name} name={`${name.charAt(0).toUpperCase()}${name.slice(1)}`}>
          {formatNumber(engine.counts[name], 0)}
        </Figure>
      ))}
      <div className="basis-full @min-[84rem]:min-w-0 @min-[84rem]:flex-1 @min-[84rem]:basis-64">
        <dt className="text-xs whitespace-nowrap text-muted @max-[84rem]:float-left @max-[84rem]:mr-2 @max-[84rem]:leading-5">
          Last signal
        </dt>
        <dd className="min-w-0">
          <LastSignal engine={engine} />
        </dd>
      </div>
    </dl>
  );
}

/** A figure with its limit, amber and in words once it is reached. */
function Limited({ figure, limit }: { figure: number; limit: number | null }): ReactElement {
  const reached = limit !== null && figure >= limit;
  return (
    <span className={reached ? 'text-quiet' : ''}>
      {ofLimit(figure, limit)}
      {reached && ', reached'}
    </span>
  );
}

function LastSignal({ engine: { lastSignal } }: { engine: EngineState }): ReactElement {
  if (lastSignal === null) return <span className="text-muted">none since the app started</span>;
  const { at, signalId, state, code, reason } = lastSignal;
  const look = state === 'waiting' ? 'sent' : state;
  const Icon = stateIcons[look];
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <span className={`inline-flex items-center gap-1 font-medium ${stateColours[look]}`}>
        <Icon className="size-3.5 shrink-0" aria-hidden="true" />
        {state}
      </span>
      <span className="min-w-0 truncate font-mono text-xs" title={signalId}>
        {signalId === '' ? 'without an ID' : signalId}
      </span>
      <span className="text-xs text-muted">
        <Time at={at} />
      </span>
      {reason !== null && (
        <span title={code ?? undefined} className="text-xs text-muted">
          {reason}
        </span>
      )}
    </span>
  );
}
