import { assertNever } from '../../../src/base/assertNever.ts';
import {
  shownState,
  type Order,
  type Settlement,
  type ShownState,
  type TimelineEntry,
} from '../../../src/domain/orders/order.ts';
import { nextStepOf } from '../../../src/api/presentation/nextStepOf.ts';
import { formatDuration, formatPlain } from '../../format.ts';
import { firedWords, sourceWords } from '../../shared/orderWords.ts';

/** One event of an order, in words. */
export interface TimelineStep {
  key: string;
  at: number;
  title: string;
  /** State that colours the title; null: none. */
  state: ShownState | null;
  /** Sentences. */
  details: string[];
  /** A warning worth a second look. */
  flag: 'repeat' | 'contradiction' | null;
  /** Bytes in hexadecimal. */
  frame: string | null;
}

type OrderEntry = Extract<TimelineEntry, { type: 'order' }>;

/** Steps from the entries of an order's journal, oldest first. */
export function timelineSteps(entries: readonly TimelineEntry[]): TimelineStep[] {
  const steps: TimelineStep[] = [];
  let before: Order | null = null;
  for (const entry of causeFirst(entries)) {
    const step = (says: Partial<TimelineStep> & { title: string }): void => {
      const { seq, at, frame } = entry;
      steps.push({
        key: `${String(seq)}.${String(steps.length)}`,
        at,
        state: null,
        details: [],
        flag: null,
        frame,
        ...says,
      });
    };
    switch (entry.type) {
      case 'order':
        for (const says of orderSteps(before, entry)) step(says);
        before = entry.order;
        break;
      case 'feedback':
        step({
          title: entry.history ? 'Feedback frame, queued by the EA before it connected' : 'Feedback frame from the EA',
        });
        break;
      case 'broken_feedback':
        step({
          title: "Feedback frame that can't be read",
          details: [entry.reason, 'It settles nothing by itself.'],
        });
        break;
      default:
        assertNever(entry);
    }
  }
  return steps;
}

/** Moves a frame before the change that it caused: the journal writes them the other way round. */
function causeFirst(entries: readonly TimelineEntry[]): TimelineEntry[] {
  const sorted = [...entries];
  for (let index = 1; index < sorted.length; index += 1) {
    const [effect, cause] = [sorted[index - 1], sorted[index]];
    if (effect?.type !== 'order' || effect.frame !== null || cause === undefined || cause.type === 'order') continue;
    if (cause.at - effect.at > 100 || effect.order.settledBy?.at === effect.at) continue;
    sorted.splice(index - 1, 2, { ...cause, at: Math.min(cause.at, effect.at) }, effect);
  }
  return sorted;
}

type Says = Partial<TimelineStep> & { title: string };

function orderSteps(before: Order | null, { order, frame }: OrderEntry): Says[] {
  const { state } = order;
  if (before === null && state === 'sent') {
    const title = frame === null ? 'Recorded as sent' : `Sent, fired ${firedWords(order)}`;
    return [{ title, state }];
  }
  if (before?.state !== state) return [becameStep(before, order)];
  const says: Says[] = [];
  if (order.closeReported !== null && before.closeReported === null) {
    says.push({
      title: 'The EA reports the close as done',
      details: [
        order.closeReported,
        "It counts as filled once the EA's next figures show that the positions are gone.",
      ],
    });
  }
  if (order.contradicted && !before.contradicted) {
    says.push({ title: 'A second, different result', flag: 'contradiction', details: ['Look in MT5 which is true.'] });
  } else if (order.repeats > before.repeats) {
    says.push({
      title: order.contradicted ? 'A further result' : 'The same result again',
      flag: 'repeat',
      details: ['It was counted once.'],
    });
  }
  if (order.doubt !== before.doubt) {
    says.push({ title: 'Still unknown', state, details: order.message === null ? [] : [order.message] });
  }
  return says;
}

function becameStep(before: Order | null, order: Order): Says {
  const { state, settledBy } = order;
  if (settledBy !== null && before?.settledBy === null) return settledStep(order, settledBy);
  const title = before === null ? `Recorded as ${state}` : `Became ${state}`;
  switch (state) {
    case 'refused': {
      if (shownState(order) === 'dismissed') {
        return { title: 'Dismissed by a person', state: 'dismissed', details: [`It came from ${order.source}.`] };
      }
      const details = order.refusal === null ? [] : [order.refusal.reason, order.refusal.nextStep];
      return {
        title: before === null ? `Refused, fired ${firedWords(order)}` : 'Refused: it did not leave',
        state,
        details,
      };
    }
    case 'filled':
      return { title: filledTitle(title, order), state, details: order.message === null ? [] : [order.message] };
    case 'placed':
      return { title: `${title}${order.ticket === null ? '' : ` as order ${order.ticket}`}`, state, details: [] };
    case 'cancelled':
    case 'sent':
    case 'rejected': {
      const nextStep = nextStepOf(order);
      return { title, state, details: [order.message, nextStep].filter((words) => words !== null) };
    }
    case 'unknown':
      return { title, state, details: order.message === null ? [] : [order.message] };
    default:
      return assertNever(state);
  }
}

function filledTitle(became: string, { ticket, price, roundTripMs, late }: Order): string {
  const as = ticket === null ? '' : ` as ticket ${ticket}`;
  const at = price === null ? '' : ` at ${formatPlain(price)}`;
  const after = roundTripMs === null ? '' : `, ${formatDuration(roundTripMs)} after it was sent`;
  return `${became}${as}${at}${after}${late ? ', late' : ''}`;
}

function settledStep({ state, ticket, price }: Order, { by, note }: Settlement): Says {
  const as = ticket === null ? '' : ` as ticket ${ticket}`;
  const at = price === null ? '' : ` at ${formatPlain(price)}`;
  return {
    title: state === 'filled' ? `Settled by hand: found in MT5${as}${at}` : 'Settled by hand: not in MT5',
    state,
    details: [`Settled ${sourceWords(by)}.`, ...(note === '' ? [] : [`Note: ${note}`])],
  };
}
