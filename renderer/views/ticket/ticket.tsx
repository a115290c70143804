import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import type { Side } from '../../../src/domain/sizing/stops.ts';
import { accountCurrency } from '../../accountCurrency.ts';
import { useFlash } from '../../store/hooks.ts';
import { useLow } from '../../store/windowSize.ts';
import { CloseButtons } from './closeButtons.tsx';
import { OpenInSymbol } from './figures/openInSymbol.tsx';
import { PlanPreview } from './figures/planPreview.tsx';
import { QuoteLine } from './figures/quoteLine.tsx';
import { RiskRewardBar } from './figures/riskRewardBar.tsx';
import { SentPreview } from './figures/sentPreview.tsx';
import { SignalIdField } from './fields/signalIdField.tsx';
import { EntryFields } from './fields/entryFields.tsx';
import { buttonWords } from './form/ticketEntry.ts';
import { SizeField } from './fields/sizeField.tsx';
import { SizeRow } from './fields/sizeRow.tsx';
import { StopFields } from './fields/stopFields.tsx';
import { tradersName } from './form/symbolChoices.ts';
import { SymbolField } from './fields/symbolField.tsx';
import { rulesOf } from './form/ticketForm.ts';
import { TicketDialogs } from './confirm/ticketDialogs.tsx';
import { TicketHead } from './ticketHead.tsx';
import { presetOf, shownPreset, toggleFavourite } from './form/ticketMemory.ts';
import { TicketMessage } from './figures/ticketMessage.tsx';
import { digitsOf } from '../../shared/symbolContext.ts';
import { TradeButton } from './tradeButton.tsx';
import { useTicket } from './useTicket.ts';
import { useTicketKeys } from './useTicketKeys.ts';

/** The order ticket. Nothing in it moves: every message has its place. */
export function Ticket({
  bridge,
  isCompact = false,
}: {
  bridge: BridgeState;
  /** In a small window of its own. Closing comes before the figures here and in a low window, so that it is in sight. */
  isCompact?: boolean;
}): ReactElement {
  const ticket = useTicket(bridge);
  const { fields, errors, asking, result, side, figures, quotes, named, unit, oneClick, connected, waiting } = ticket;
  const { block, stopped, change, chooseUnit, keep, apply, choose, press, close, fire, ask, switchOneClick } = ticket;
  const { form, onKeyDown } = useTicketKeys(ticket);
  // With the fields of a pending order the window has less room.
  const isPending = fields.entry.kind !== 'market';
  const low = useLow();
  const closesFirst = low || isCompact || isPending;
  const flash = useFlash(ticket.filled, 1_600);
  const symbol = fields.symbol.trim();
  const { instrument, quote } = figures;
  const tradeButton = (of: Side): ReactElement => (
    <TradeButton
      side={of}
      entry={buttonWords(fields.entry, digitsOf(instrument, quote))}
      // An order on its way only dims the button: it changes no word for a moment.
      block={block?.isOrder === true ? null : block}
      waiting={waiting || block?.isOrder === true}
      oneClick={oneClick}
      againInMs={ticket.repetitions[of]?.leftMs ?? null}
      onPress={press}
      onRested={ticket.rested}
      onLook={ticket.look}
    />
  );

  const closeButtons = (
    <CloseButtons
      symbol={symbol}
      disabled={!connected}
      onPress={(closing, by) => {
        close(by, closing);
      }}
    />
  );

  return (
    <form
      ref={form}
      aria-label="Trade ticket"
      className="flex flex-col gap-0.5 px-4 pt-2 pb-1"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <TicketHead
        symbol={named}
        kept={bridge.ticket}
        shown={shownPreset(bridge.ticket, fields, named, bridge)}
        current={presetOf(fields, named, '', bridge)}
        currency={accountCurrency(bridge)}
        connected={connected}
        oneClick={oneClick}
        onApply={apply}
        onKeep={keep}
        onOneClick={(on) => {
          if (on) ask({ about: 'one-click' });
          else switchOneClick(false);
        }}
        onHelp={() => {
          ask({ about: 'keys' });
        }}
      />
      <div className={`flex flex-col gap-0.5 rounded-[6px] ${flash ? 'arrived' : ''}`}>
        <div className="grid grid-cols-2 gap-3">
          <div data-shortcut="symbol">
            <SymbolField
              bridge={bridge}
              quotes={quotes}
              value={fields.symbol}
              sent={instrument.symbol}
              error={errors.symbol}
              onType={(text) => {
                change({ field: 'symbol', text });
              }}
              onChoose={choose}
              onFavourite={(favourite) => {
                keep(toggleFavourite(bridge.ticket, tradersName(bridge, favourite)));
              }}
            />
          </div>
          <div data-shortcut="size">
            <SizeField
              fields={fields}
              limits={rulesOf(bridge, symbol).lots}
              currency={accountCurrency(bridge)}
              riskLimit={bridge.limits.riskPercent}
              error={errors.lot}
              onSize={(text) => {
                change({ field: 'size', text });
              }}
            />
          </div>
        </div>
        <SizeRow bridge={bridge} symbol={named} fields={fields} onChange={change} onKeep={keep} />
        {(bridge.speaks8 || isPending) && (
          <EntryFields
            typed={fields.entry}
            instrument={instrument}
            quote={quote}
            errors={errors}
            onChange={(changes) => {
              change({ entry: { ...fields.entry, ...changes } });
            }}
          />
        )}
        <StopFields
          unit={unit}
          texts={fields.stops}
          views={figures.views}
          errors={errors}
          currency={accountCurrency(bridge)}
          instrument={instrument}
          quote={quote}
          onUnit={chooseUnit}
          onType={(kind, text) => {
            change({ field: kind, text });
          }}
        />
      </div>
      <div
        className={`sticky top-0 bottom-0 z-10 -mx-2 rounded-[6px] bg-panel px-2 pt-1 ${oneClick ? 'ring-2 ring-quiet ring-inset' : ''}`}
      >
        <div className="grid grid-cols-2 gap-2">
          {tradeButton('sell')}
          {tradeButton('buy')}
        </div>
        <QuoteLine
          quote={quote}
          digits={digitsOf(instrument, quote)}
          isGone={bridge.channels.telemetry.state === 'down'}
        />
      </div>
      <TicketMessage block={block} stopped={stopped} result={result} error={Object.values(errors)[0] ?? null} />
      {closesFirst && closeButtons}
      <RiskRewardBar risk={figures.risk} reward={figures.reward} />
      <PlanPreview
        bridge={bridge}
        {...figures.plans}
        digits={digitsOf(instrument, quote)}
        gap={figures.gap}
        unchecked={figures.unchecked}
      />
      <OpenInSymbol bridge={bridge} quotes={quotes} symbol={instrument.symbol} />
      {!closesFirst && closeButtons}
      <SignalIdField
        value={fields.signalId}
        error={errors.signal_id}
        onChange={(text) => {
          change({ field: 'signalId', text });
        }}
      />
      <SentPreview side={side} frame={figures.frame} />
      <TicketDialogs
        asking={asking}
        bridge={bridge}
        quotes={quotes}
        onFire={fire}
        onOneClick={() => {
          switchOneClick(true);
        }}
        onCancel={() => {
          ask(null);
        }}
      />
    </form>
  );
}
