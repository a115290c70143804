import { useState, type ReactElement } from 'react';
import type { FireRequest } from '../../../../src/api/contract.ts';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import { uncheckedWords } from '../../../../src/domain/orders/unchecked.ts';
import { formatLots, formatPrice } from '../../../format.ts';
import { useApp, useAppState, useNow } from '../../../store/hooks.ts';
import { ConfirmDialog } from '../../../ui/confirmDialog.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { LiveFigure } from '../../../ui/freshLook.tsx';
import { useConnectedBlock } from '../../../shared/useConnectedBlock.ts';
import { actionWords, stopWords } from '../../../shared/orderWords.ts';
import { StakeNotice } from '../../../shared/stakeNotice.tsx';
import { actionColours } from '../../../shared/stateLook.tsx';
import { Addressee, SignalPreview } from './signalPreview.tsx';
import { ChangedNotice, LotsToType, StopDoubts } from './doubts.tsx';
import { DangerNotice } from '../../../ui/dangerNotice.tsx';
import { RepeatedOrder } from './repeatedOrder.tsx';
import { repetitionOf } from '../form/repetition.ts';
import { settleMs, useChangedAt, useOnceHeavy } from './settled.ts';
import { startOf } from '../../../shared/startOf.ts';
import type { OrderQuestion } from './asking.ts';
import { unsettledBeside } from '../form/ticketForm.ts';
import { PlanFacts } from './planFacts.tsx';
import { useDayRange } from '../form/useDayRange.ts';
import type { PendingEntry } from '../../../../src/domain/orders/pendingEntry.ts';
import { entryNames, exactPrice, marketAt, untilWords } from '../form/ticketEntry.ts';
import { orderDoubts } from '../form/ticketDoubts.ts';
import { describeStop, limitRefusalOf, uncheckedOf } from '../form/ticketSizing.ts';
import { digitsOf, instrumentOf } from '../../../shared/symbolContext.ts';
import { UnsettledOrders } from './unsettledOrders.tsx';

/** Confirmation of an order: in words, and as the EA will receive it. Its figures are those of now. */
export function ConfirmOrder({
  bridge,
  question,
  quotes,
  onFire,
  onCancel,
}: {
  bridge: BridgeState;
  question: OrderQuestion;
  quotes: readonly Quote[];
  onFire: (request: FireRequest) => void;
  onCancel: () => void;
}): ReactElement {
  const { request, plan, intent, changed, by, problem } = question;
  const [known, setKnown] = useState<readonly string[]>([]);
  const [rightStops, setRightStops] = useState<readonly string[]>([]);
  const [typedLots, setTypedLots] = useState('');
  const [repeats, setRepeats] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const orders = useAppState((app) => app.orders) ?? [];
  const now = useNow();
  // Unknown orders in the symbol, each to be ticked by its ID before this one can be fired beside it.
  const unsettled = unsettledBeside(
    useApp(({ app }) => app),
    request,
  );
  const { action, symbol, lot, sl, tp, signalId, entry = null } = request;
  const changedAt = useChangedAt({ lot, sl, tp });
  // The price that the order is compared with when it leaves.
  const price = request.seen?.price ?? null;
  const instrument = instrumentOf(bridge, marketAt({ quotes, now }, symbol, entry).quotes, symbol);
  const quote = quotes.find((each) => each.symbol === instrument.symbol && !each.earlier) ?? null;
  const notChecked = uncheckedWords(uncheckedOf(plan, instrument, bridge));
  const dayRange = useDayRange(bridge.id, instrument.symbol);
  const doubts = orderDoubts(intent, plan, instrument, bridge, orders, dayRange);
  const repetition = repetitionOf(question.side, symbol, bridge, orders, now);
  const limit = limitRefusalOf(request, bridge, marketAt({ quotes, now }, symbol, entry));
  const mustWait = repetition !== null && repeats !== repetition.signalId;
  const isHeavy = useOnceHeavy(doubts.isHeavy);
  const block = useConnectedBlock(bridge);
  const digits = digitsOf(instrument, quote);
  const stop = (value: number): ReactElement => (
    <StopText value={value} bridge={bridge} instrument={instrument} quote={quote} />
  );
  const isOpen =
    mustWait ||
    unsettled.some((order) => !known.includes(order.signalId)) ||
    doubts.stops.some(({ key }) => !rightStops.includes(key)) ||
    (isHeavy && typedLots.trim() !== formatLots(lot));
  return (
    <ConfirmDialog
      title="Confirm order"
      word={mustWait ? `Fire again in ${String(Math.ceil(repetition.leftMs / 1_000))} s` : 'Fire'}
      expires
      kind={action === 'buy' ? 'buy' : 'sell'}
      // A second press of Enter, meant for the former question, fires nothing.
      startOn={unsettled.length > 0 ? 'content' : changed === null ? startOf(bridge, by) : 'cancel'}
      disabled={isOpen || problem !== null || limit !== null || (block !== null && !block.isOrder)}
      failure={failure}
      onConfirm={() => {
        if (performance.now() - changedAt.current < settleMs) {
          setFailure('It changed as you pressed. Look at it again.');
          return false;
        }
        onFire({
          ...request,
          confirmed: unsettled.map((order) => order.signalId),
          ...(repetition === null ? {} : { repeats: repetition.signalId }),
        });
        return true;
      }}
      onCancel={onCancel}
    >
      <StakeNotice bridge={bridge} />
      {changed !== null && <ChangedNotice text={`${changed} This is how it stands now.`} />}
      {block !== null && !block.isOrder && <DangerNotice text={`${block.reason} ${block.nextStep}`} />}
      {problem !== null && <DangerNotice text={problem} />}
      {limit !== null && <DangerNotice text={`${limit.reason} ${limit.nextStep}`} />}
      <p className="text-xl font-semibold">
        <span className={actionColours[action]}>
          {actionWords[action]}
          {entry !== null && ` ${entryNames[entry.kind].toLowerCase()}`}
        </span>{' '}
        <LiveFigure text={`${formatLots(lot)} lots`} /> {symbol}
      </p>
      {doubts.risk !== null && <DangerNotice text={doubts.risk} />}
      <StopDoubts doubts={doubts.stops} right={rightStops} onChange={setRightStops} />
      <Facts>
        {entry !== null && <EntryFacts entry={entry} digits={digits} />}
        <Fact name="Bid / ask">
          {price === null ? (
            <span className="text-quiet">not known</span>
          ) : (
            <LiveFigure text={`${formatPrice(price.bid, digits)} / ${formatPrice(price.ask, digits)}`} />
          )}
        </Fact>
        <Fact name="Stop loss">{stop(sl)}</Fact>
        <Fact name="Take profit">{stop(tp)}</Fact>
        <PlanFacts plan={plan} bridge={bridge} digits={digits} said={doubts.risk} />
        {notChecked !== '' && (
          <Fact name="Not checked">
            <span className="text-quiet">{notChecked}</span>
          </Fact>
        )}
        <Addressee bridge={bridge} signalId={signalId} />
      </Facts>
      {repetition !== null && <RepeatedOrder repetition={repetition} isMeant={!mustWait} onChange={setRepeats} />}
      <UnsettledOrders orders={unsettled} known={known} onChange={setKnown} />
      {isHeavy && <LotsToType lots={formatLots(lot)} value={typedLots} onChange={setTypedLots} />}
      <SignalPreview bridge={bridge} request={request} />
    </ConfirmDialog>
  );
}

function EntryFacts({ entry, digits }: { entry: PendingEntry; digits: number }): ReactElement {
  const { kind, price, limitPrice, until } = entry;
  return (
    <>
      <Fact name={kind === 'stop_limit' ? 'Stop price' : 'Price'}>{exactPrice(price, digits)}</Fact>
      {limitPrice !== null && <Fact name="Limit price">{exactPrice(limitPrice, digits)}</Fact>}
      <Fact name="Waits">{untilWords(until)}</Fact>
    </>
  );
}

function StopText({
  value,
  bridge,
  instrument,
  quote,
}: {
  value: number;
  bridge: BridgeState;
  instrument: ReturnType<typeof instrumentOf>;
  quote: Quote | null;
}): ReactElement {
  if (value === 0) return <span className="text-quiet">none</span>;
  const hint = bridge.stopUnit === null ? null : describeStop({ unit: bridge.stopUnit, value }, instrument, quote);
  return (
    <>
      <LiveFigure text={stopWords(value, bridge.stopUnit)} />
      {hint !== null && (
        <span className={`ml-2 text-sm font-normal ${hint.warning ? 'text-quiet' : 'text-muted'}`}>{hint.text}</span>
      )}
    </>
  );
}
