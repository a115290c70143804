import { useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import type { FireRequest } from '../../../src/api/contract.ts';
import type { BridgeState } from '../../../src/api/state.ts';
import type { TicketPreset, TicketSettings } from '../../../src/api/ticketSettings.ts';
import type { Side } from '../../../src/protocol/stops.ts';
import { appStore } from '../../store/appStore.ts';
import { callOrTell } from '../../store/callApp.ts';
import { useApp, useAppState, useFlash, useNow } from '../../store/hooks.ts';
import type { ShortcutAction } from '../shortcuts/shortcuts.ts';
import { useShortcuts } from '../shortcuts/useShortcuts.ts';
import { CloseButtons } from './closeButtons.tsx';
import { fireOrder, newSeed, signalIdOf, type TicketResult } from './fireOrder.ts';
import { oneClickKey } from './oneClickKey.ts';
import { PlanPreview } from './planPreview.tsx';
import { QuoteLine } from './quoteLine.tsx';
import { RiskRewardBar } from './riskRewardBar.tsx';
import { SentPreview } from './sentPreview.tsx';
import { SignalIdField } from './signalIdField.tsx';
import { SizeField } from './sizeField.tsx';
import { SizeRow } from './sizeRow.tsx';
import { StopFields } from './stopFields.tsx';
import { tradersName } from './symbolChoices.ts';
import { SymbolField } from './symbolField.tsx';
import { changeTicket, emptyTicket, unitOf, type TicketChange, type TicketFields } from './ticketFields.ts';
import {
  closeRequest,
  needsConfirmation,
  readTicket,
  rulesOf,
  unsettledBeside,
  type TicketErrors,
} from './ticketForm.ts';
import { TicketDialogs, type Asking } from './ticketDialogs.tsx';
import { ticketFigures } from './ticketFigures.ts';
import { TicketHead } from './ticketHead.tsx';
import { fillFrom, presetOf, presetsOf, shownPreset, toggleFavourite } from './ticketMemory.ts';
import { TicketMessage } from './ticketMessage.tsx';
import { digitsOf } from './ticketSizing.ts';
import { TradeButton } from './tradeButton.tsx';

/** Where a person fires. Nothing in it moves: every message has its place. */
export function Ticket({ bridge }: { bridge: BridgeState }): ReactElement {
  const [fields, setFields] = useState<TicketFields>(emptyTicket);
  const [errors, setErrors] = useState<TicketErrors>({});
  const [asking, setAsking] = useState<Asking | null>(null);
  const [result, setResult] = useState<TicketResult | null>(null);
  const [side, setSide] = useState<Side>('buy');
  const [seed, setSeed] = useState(newSeed);
  /** The account for which one-click was switched on in this window; never kept. */
  const [oneClickFor, setOneClickFor] = useState<string | null>(null);
  const [filled, setFilled] = useState(0);
  const flash = useFlash(filled, 1_600);
  const form = useRef<HTMLFormElement>(null);
  const connected = useApp(({ client }) => client !== null);
  const quotes = useAppState(({ quotes: all }) => all[bridge.id]) ?? [];
  const symbol = fields.symbol.trim();
  const named = tradersName(bridge, symbol);
  const market = { quotes, now: useNow() };
  const figures = ticketFigures(fields, side, bridge, market, signalIdOf(seed));
  const { instrument, quote } = figures;
  const unit = unitOf(fields, bridge.stopUnit);
  const account = oneClickKey(bridge.account);
  const oneClick = oneClickFor === account;
  // Another account, also for a moment: it is not on again by itself when the first one is back.
  if (oneClickFor !== null && !oneClick) setOneClickFor(null);
  const waiting = result?.kind === 'sending';

  const change = (next: TicketChange): void => {
    setFields((now) => changeTicket(now, next, bridge.stopUnit));
    setErrors({});
  };
  const keep = (ticket: TicketSettings): void => {
    void callOrTell('updateBridge', { bridge: bridge.id, changes: { ticket } }, 'It was not kept.');
  };
  const apply = (preset: TicketPreset, chosen = fields.symbol): void => {
    setFields((now) => fillFrom({ ...now, symbol: chosen }, preset));
    setErrors({});
    setFilled((count) => count + 1);
  };
  const choose = (chosen: string): void => {
    const preset = presetsOf(bridge.ticket, tradersName(bridge, chosen)).find(({ isDefault }) => isDefault);
    if (preset === undefined) change({ field: 'symbol', text: chosen });
    else apply(preset, chosen);
  };
  const fire = (request: FireRequest): void => {
    setAsking(null);
    setErrors({});
    setSeed(newSeed());
    setResult({ kind: 'sending', signalId: request.signalId });
    void fireOrder(request).then(setResult);
  };
  /** @param asks whatever the mode: a key that is pressed anywhere is no press of the button */
  const press = (of: Side, asks = false): void => {
    setSide(of);
    if (waiting || !connected) return;
    const read = readTicket(fields, of, bridge, market, signalIdOf(seed));
    if ('errors' in read) {
      setErrors(read.errors);
      return;
    }
    setErrors({});
    const { request, plan } = read;
    const unsettled = unsettledBeside(appStore.getState().app?.orders ?? [], request);
    if (needsConfirmation(request, oneClick && !asks, unsettled)) setAsking({ about: 'order', request, plan });
    else fire(request);
  };
  const cancel = (): void => {
    setAsking(null);
  };
  const goTo = (name: 'symbol' | 'size'): void => {
    const field = form.current?.querySelector<HTMLInputElement>(`[data-shortcut=${name}] input`);
    field?.focus();
    field?.select();
  };
  const actions: Record<ShortcutAction, () => void> = {
    symbol: () => {
      goTo('symbol');
    },
    size: () => {
      goTo('size');
    },
    sell: () => {
      press('sell', true);
    },
    buy: () => {
      press('buy', true);
    },
    help: () => {
      setAsking({ about: 'keys' });
    },
    kill: () => {
      void callOrTell('kill', null, 'The kill switch was not pressed.', 'Algo Trading in MT5 stops the EA itself.');
    },
  };
  useShortcuts((action) => {
    actions[action]();
  });
  /** Escape leaves a field, so that the keys of the window work. */
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>): void => {
    const { key, target, currentTarget } = event;
    if (key !== 'Escape' || event.defaultPrevented || !(target instanceof HTMLInputElement)) return;
    if (!currentTarget.contains(target) || target.closest('dialog') !== null) return;
    event.preventDefault();
    target.blur();
  };
  const tradeButton = (of: Side): ReactElement => (
    <TradeButton
      side={of}
      disabled={!connected}
      waiting={waiting}
      oneClick={oneClick}
      onPress={press}
      onLook={setSide}
    />
  );

  return (
    <form
      ref={form}
      aria-label="Trade ticket"
      className="flex flex-col gap-[3px] px-4 pt-2 pb-1"
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
        currency={bridge.currency}
        connected={connected}
        oneClick={oneClick}
        onApply={apply}
        onKeep={keep}
        onOneClick={(on) => {
          if (on) setAsking({ about: 'one-click' });
          else setOneClickFor(null);
        }}
        onHelp={actions.help}
      />
      <div className={`flex flex-col gap-[3px] rounded-[6px] ${flash ? 'arrived' : ''}`}>
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
              currency={bridge.currency}
              error={errors.lot}
              onSize={(text) => {
                change({ field: 'size', text });
              }}
            />
          </div>
        </div>
        <SizeRow bridge={bridge} symbol={named} fields={fields} onChange={change} onKeep={keep} />
        <StopFields
          unit={unit}
          texts={fields.stops[unit]}
          views={figures.views}
          errors={errors}
          bridge={bridge}
          instrument={instrument}
          quote={quote}
          onUnit={(stopUnit) => {
            change({ stopUnit });
          }}
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
        <QuoteLine quote={quote} />
      </div>
      <TicketMessage bridge={bridge} result={result} error={Object.values(errors)[0] ?? null} />
      <RiskRewardBar risk={figures.risk} reward={figures.reward} />
      <PlanPreview bridge={bridge} {...figures.plans} digits={digitsOf(instrument, quote)} gap={figures.gap} />
      <CloseButtons
        symbol={symbol}
        disabled={!connected || waiting}
        onPress={(closing) => {
          setAsking({ about: 'close', request: closeRequest(bridge, closing, signalIdOf(newSeed())) });
        }}
      />
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
          setOneClickFor(account);
          cancel();
        }}
        onCancel={cancel}
      />
    </form>
  );
}
