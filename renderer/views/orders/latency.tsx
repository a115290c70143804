import type { ReactElement } from 'react';
import type { Order } from '../../../src/domain/orders/order.ts';
import { formatDuration } from '../../format.ts';
import { latencySteps } from './latencySteps.ts';

const colours = ['bg-muted', 'bg-[var(--level)]', 'bg-equity'];

/** The time from the request to the EA's answer, step by step. */
export function Latency({ order }: { order: Order }): ReactElement | null {
  const steps = latencySteps(order);
  if (steps === null) return null;
  const known = steps.reduce((sum, { ms }) => sum + (ms ?? 0), 0);
  const whole = steps.every(({ ms }) => ms !== null);
  return (
    <section aria-label="Latency">
      <h3 className="mb-2 flex items-baseline justify-between gap-2 font-semibold">
        Latency
        {whole && <span className="figures text-sm font-medium">{formatDuration(known)} from firing to feedback</span>}
      </h3>
      <div className="mb-2 flex h-2 gap-px overflow-hidden rounded-full bg-raised" aria-hidden="true">
        {steps.map(({ name, ms }, index) => (
          <span
            key={name}
            className={`min-w-0.5 ${colours[index] ?? ''}`}
            style={{
              flexGrow: ((ms ?? 0) / Math.max(known, 0.001)) * 100,
              flexBasis: 0,
              ...(ms === null ? { display: 'none' } : {}),
            }}
          />
        ))}
      </div>
      <dl className="grid grid-cols-[1fr_auto] gap-x-3 text-sm">
        {steps.map(({ name, ms }, index) => (
          <div key={name} className="contents">
            <dt className="flex items-center gap-2 text-muted">
              <span className={`size-2 shrink-0 rounded-full ${colours[index] ?? ''}`} aria-hidden="true" />
              {name}
            </dt>
            <dd className={`figures text-right ${ms === null ? 'text-muted' : 'font-medium'}`}>
              {ms === null ? unknownWords(order, index) : formatDuration(ms)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function unknownWords({ state, timing }: Order, index: number): string {
  if (index === 2) return state === 'sent' ? 'awaited' : 'none came';
  return state === 'sent' && timing === null ? 'told with the result' : 'not recorded';
}
