import type { ReactElement } from 'react';
import { type Order, tradedDiffers } from '../../../src/domain/orders/order.ts';
import { uncheckedWords } from '../../../src/domain/orders/unchecked.ts';
import { formatDateTime, formatDuration, formatLots, formatPriceLike } from '../../format.ts';
import { useAppState } from '../../store/hooks.ts';
import { CopyButton } from '../../ui/copyButton.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { State } from './executionColumns.tsx';
import {
  actionWords,
  askedWords,
  doubtWords,
  firedWords,
  lotWords,
  sourceWords,
  stopWords,
} from '../../shared/orderWords.ts';
import { actionColours } from '../../shared/stateLook.tsx';
import { isClose } from '../../../src/domain/tradeTerms.ts';

/** Every field of an order, in words. */
export function OrderFacts({ order }: { order: Order }): ReactElement {
  const bridge = useAppState(({ bridges }) => bridges.find(({ id }) => id === order.bridge)?.name) ?? order.bridge;
  const asked = askedWords(order);
  return (
    <Facts>
      <Fact name="State">
        <span className="flex flex-wrap items-center gap-x-2">
          <State order={order} />
          {order.doubt !== null && <span className="font-normal text-muted">{doubtWords[order.doubt]}</span>}
        </span>
      </Fact>
      <Outcome order={order} />
      <Fact name="Order">
        <span className={actionColours[order.action]}>{actionWords[order.action]}</span>{' '}
        {isClose(order.action) ? order.symbol : `${formatLots(order.lot)} lots ${order.symbol}`}
      </Fact>
      {order.tradedLot !== null && (
        <Fact name="Traded">
          <span className={tradedDiffers(order) ? 'text-quiet' : undefined}>
            {lotWords(order)[0]} lots{tradedDiffers(order) && `, asked for ${lotWords(order)[1] ?? ''}`}
          </span>
        </Fact>
      )}
      {!isClose(order.action) && (
        <>
          <Fact name="Stop loss">{stopWords(order.sl, order.stopUnit)}</Fact>
          <Fact name="Take profit">{stopWords(order.tp, order.stopUnit)}</Fact>
        </>
      )}
      {order.state !== 'refused' && order.unchecked.length > 0 && (
        <Fact name="Not checked">
          <span className="text-quiet">{uncheckedWords(order.unchecked)}</span>
        </Fact>
      )}
      <Fact name="Ticket">{order.ticket ?? 'none told'}</Fact>
      <Fact name="Price">
        {order.price === null ? 'none told' : formatPriceLike(order.price, order.quote)}
        {order.unverified && <span className="font-normal text-quiet"> unverified: ticket or price is missing</span>}
      </Fact>
      <Fact name="Fired">
        {formatDateTime(order.at)} <span className="font-normal text-muted">{firedWords(order)}</span>
      </Fact>
      {asked !== null && <Fact name="Asked">{asked}</Fact>}
      <Fact name="Round trip">
        {order.roundTripMs === null ? 'no feedback' : formatDuration(order.roundTripMs)}
        {order.late && order.settledBy === null && <span className="font-normal text-quiet"> late</span>}
      </Fact>
      <Fact name="Bridge">{bridge}</Fact>
      <Fact name="Account">{order.account ?? 'not named when it was fired'}</Fact>
      <Fact name="Signal ID">
        <Copied text={order.signalId} label="Copy the signal ID" />
      </Fact>
      {order.longId !== null && (
        <Fact name="Engine’s own ID">
          <Copied text={order.longId} label="Copy the engine’s own ID" />
        </Fact>
      )}
      <Fact name="Number">{order.number}</Fact>
      <Oddities order={order} />
    </Facts>
  );
}

/** An ID with a copy button no taller than its line. */
function Copied({ text, label }: { text: string; label: string }): ReactElement {
  return (
    <span className="-my-1 inline-flex max-w-full items-center gap-1 font-mono">
      <span className="min-w-0 break-all">{text}</span>
      <CopyButton text={text} label={label} />
    </span>
  );
}

/** Why the order was not sent, or the EA's and the desk's message. */
function Outcome({ order: { refusal, message } }: { order: Order }): ReactElement {
  return (
    <>
      {refusal !== null && (
        <Fact name="Refused">
          {refusal.reason} <span className="font-normal">{refusal.nextStep}</span>{' '}
          <span className="font-mono text-xs font-normal text-muted">{refusal.code}</span>
        </Fact>
      )}
      {message !== null && <Fact name="Message">{message}</Fact>}
    </>
  );
}

/** Facts that most orders don't have. */
function Oddities({ order }: { order: Order }): ReactElement {
  const { settledBy, closeReported, repeats, contradicted, brokenFeedback } = order;
  return (
    <>
      {settledBy !== null && (
        <Fact name="Settled by hand">
          {formatDateTime(settledBy.at)} <span className="font-normal text-muted">{sourceWords(settledBy.by)}</span>
          <br />
          {settledBy.note === '' ? <span className="font-normal text-muted">without a note</span> : settledBy.note}
        </Fact>
      )}
      {closeReported !== null && <Fact name="Close reported">{closeReported}</Fact>}
      {repeats > 0 && (
        <Fact name="Further results">
          <span className={contradicted ? 'text-down' : 'text-quiet'}>
            {repeats}, {contradicted ? 'contradicting the first' : 'the same again'}
          </span>
        </Fact>
      )}
      {brokenFeedback !== null && (
        <Fact name="Broken feedback">
          <code className="font-mono text-xs font-normal break-all whitespace-pre-wrap">{brokenFeedback}</code>
        </Fact>
      )}
    </>
  );
}
