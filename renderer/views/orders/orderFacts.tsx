import type { ReactElement } from 'react';
import { nextStepOf } from '../../../src/api/presentation/nextStepOf.ts';
import { type Order, shownState, tradedDiffers } from '../../../src/domain/orders/order.ts';
import { uncheckedWords } from '../../../src/domain/orders/unchecked.ts';
import { formatDateTime, formatDuration, formatPriceLike } from '../../format.ts';
import { useAppState } from '../../store/hooks.ts';
import { useDigits } from '../../store/useDigits.ts';
import { CopyButton } from '../../ui/copyButton.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { State } from '../../shared/orderState.tsx';
import {
  askedWords,
  doubtWords,
  firedWords,
  isUnplanned,
  lotWords,
  orderPhrase,
  sourceWords,
  stopWords,
} from '../../shared/orderWords.ts';
import { actionColours } from '../../shared/stateLook.tsx';
import { useFullTime } from '../../shared/time.tsx';
import { isEntry } from '../../../src/domain/tradeTerms.ts';

/** Every field of an order, in words. */
export function OrderFacts({ order }: { order: Order }): ReactElement {
  const bridge = useAppState(({ bridges }) => bridges.find(({ id }) => id === order.bridge)?.name) ?? order.bridge;
  const asked = askedWords(order);
  const fullTime = useFullTime(order.bridge);
  const digits = useDigits(order.bridge, order.symbol);
  const unplanned = isUnplanned(order);
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
        <span className={actionColours[order.action]}>{orderPhrase(order)}</span>
      </Fact>
      {order.tradedLot !== null && (
        <Fact name="Traded">
          <span className={tradedDiffers(order) ? 'text-quiet' : undefined}>
            {lotWords(order)[0]} lots{tradedDiffers(order) && `, asked for ${lotWords(order)[1] ?? ''}`}
          </span>
        </Fact>
      )}
      {isEntry(order.action) && !unplanned && (
        <>
          <Fact name="Stop loss">{stopWords(order.sl, order.stopUnit, digits)}</Fact>
          <Fact name="Take profit">{stopWords(order.tp, order.stopUnit, digits)}</Fact>
        </>
      )}
      {order.state !== 'refused' && order.unchecked.length > 0 && (
        <Fact name="Not checked">
          <span className="text-quiet">{uncheckedWords(order.unchecked)}</span>
        </Fact>
      )}
      <Fact name="Ticket">{order.ticket ?? 'none told'}</Fact>
      <Fact name="Price">
        {order.price === null ? 'none told' : formatPriceLike(order.price, order.quote, digits)}
        {order.unverified && <span className="font-normal text-quiet"> unverified: ticket or price is missing</span>}
      </Fact>
      <Fact name={shownState(order) === 'dismissed' ? 'When' : 'Fired'}>
        {fullTime(order.at)} <span className="font-normal text-muted">{firedWords(order)}</span>
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

/** Why the order was not sent, or the EA's and the desk's message, and what to do now. */
function Outcome({ order }: { order: Order }): ReactElement {
  const { refusal, message } = order;
  const nextStep = nextStepOf(order);
  return (
    <>
      {refusal !== null && (
        <Fact name={shownState(order) === 'dismissed' ? 'Dismissed' : 'Refused'}>
          {refusal.reason} <span className="font-mono text-xs font-normal text-muted">{refusal.code}</span>
        </Fact>
      )}
      {message !== null && <Fact name="Message">{message}</Fact>}
      {nextStep !== null && <Fact name="What to do">{nextStep}</Fact>}
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
