import type { Order } from '../../../src/domain/orders/order.ts';

/** One step of an order's path. */
export interface LatencyStep {
  name: string;
  /** Duration in ms; null: not recorded. */
  ms: number | null;
}

/** Steps of an order; null: it was not sent. */
export function latencySteps({ state, refusal, timing, roundTripMs }: Order): LatencyStep[] | null {
  if (state === 'refused' || refusal !== null) return null;
  const handed = timing?.handedMs ?? null;
  const feedback = timing?.feedbackMs ?? null;
  const steps: LatencyStep[] = [
    { name: 'Safe in the journal', ms: timing?.durableMs ?? null },
    { name: 'Handed to the socket', ms: timing === null || handed === null ? null : handed - timing.durableMs },
  ];
  // The feedback may arrive before the event that the socket has taken the order.
  const since = handed === null || feedback === null || feedback < handed ? null : handed;
  const answered = feedback === null || since === null ? roundTripMs : feedback - since;
  return [...steps, { name: "EA's feedback", ms: answered }];
}
