import type { ReactElement } from 'react';
import type { BridgeState, Order } from '../../../src/api/state.ts';
import { formatDuration, formatPlainPrice } from '../../format.ts';
import { useAppState } from '../../store/hooks.ts';
import { stateColours } from '../executions/stateLook.tsx';
import type { TicketResult } from './fireOrder.ts';

interface Message {
  word: string;
  colour: string;
  text: string;
  nextStep: string | null;
  signalId: string | null;
}

/** What became of the last order, or why the next would be refused. Its place is kept when it is empty. */
export function TicketMessage({
  bridge,
  result,
  error,
}: {
  bridge: BridgeState;
  result: TicketResult | null;
  /** What is wrong with what was typed. */
  error: string | null;
}): ReactElement {
  const order = useAppState(({ orders }) => findOrder(orders, result));
  const message = error === null ? describe(bridge, result, order) : notSent(error);
  return (
    <div
      aria-live="polite"
      className="h-[116px] overflow-y-auto rounded-[6px] border border-line bg-raised px-3 py-2 text-sm"
    >
      {message === null ? (
        <p className="text-muted">Ready. The result of the next order shows here.</p>
      ) : (
        <>
          <p className="flex items-baseline justify-between gap-2">
            <span className={`font-semibold ${message.colour}`}>{message.word}</span>
            {message.signalId !== null && (
              <span className="truncate font-mono text-xs text-muted">{message.signalId}</span>
            )}
          </p>
          <p>{message.text}</p>
          {message.nextStep !== null && <p className="text-xs text-muted">{message.nextStep}</p>}
        </>
      )}
    </div>
  );
}

function findOrder(orders: readonly Order[], result: TicketResult | null): Order | null {
  if (result?.kind === 'order') return orders.find(({ number }) => number === result.number) ?? null;
  if (result?.kind === 'unknown') return orders.find(({ signalId }) => signalId === result.signalId) ?? null;
  return null;
}

function describe(bridge: BridgeState, result: TicketResult | null, order: Order | null): Message | null {
  if (order !== null) return describeOrder(order);
  switch (result?.kind) {
    case 'sending':
      return {
        word: 'sending',
        colour: stateColours.sent,
        text: 'On its way to the app.',
        nextStep: null,
        signalId: result.signalId,
      };
    case 'unknown':
      return {
        word: 'unknown',
        colour: stateColours.unknown,
        text: result.text,
        nextStep: null,
        signalId: result.signalId,
      };
    case 'failed':
      return notSent(result.text);
    default: {
      const { obstacle } = bridge;
      if (obstacle === null) return null;
      return {
        word: 'Not ready',
        colour: 'text-muted',
        text: obstacle.reason,
        nextStep: obstacle.nextStep,
        signalId: null,
      };
    }
  }
}

function notSent(text: string): Message {
  return { word: 'not sent', colour: stateColours.refused, text, nextStep: null, signalId: null };
}

function describeOrder(order: Order): Message {
  const base = { word: order.state, colour: stateColours[order.state], signalId: order.signalId, nextStep: null };
  switch (order.state) {
    case 'refused':
      return { ...base, text: order.refusal?.reason ?? '', nextStep: order.refusal?.nextStep ?? null };
    case 'sent':
      return { ...base, text: 'Sent. Waiting for the result from the EA.' };
    case 'filled': {
      const ticket = order.ticket === null ? 'without a ticket' : `as ticket ${String(order.ticket)}`;
      const price = order.price === null ? 'without a price' : `at ${formatPlainPrice(order.price)}`;
      const took = order.roundTripMs === null ? '' : ` in ${formatDuration(order.roundTripMs)}`;
      return { ...base, text: `Filled ${ticket} ${price}${took}.${order.message === null ? '' : ` ${order.message}`}` };
    }
    case 'rejected':
      return { ...base, text: order.message ?? 'The EA gave no reason.' };
    case 'unknown':
      return { ...base, text: order.message ?? '', nextStep: 'It is not sent again. A late result will settle it.' };
  }
}
