import { type ReactElement, useState } from 'react';
import { isMoneyAtStake } from '../../../src/api/state/accountStake.ts';
import { accountTyped, liveWord, planProofOrder } from '../../../src/api/queries/trialOrderPlan.ts';
import { ContractFailure } from '../../../src/api/contractFailure.ts';
import type { FireRequest } from '../../../src/api/contract.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { formatLots } from '../../format.ts';
import { appStore } from '../../store/appStore.ts';
import { useApp, useAppState } from '../../store/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { TextField } from '../../ui/textField.tsx';
import { StakeNotice } from '../../shared/stakeNotice.tsx';
import { stopWords } from '../../shared/orderWords.ts';
import { ConfirmClose } from '../ticket/confirm/confirmClose.tsx';
import { fireOrder, newSeed, signalIdOf } from '../ticket/form/fireOrder.ts';
import { Addressee, SignalPreview } from '../ticket/confirm/signalPreview.tsx';
import { unwaited } from '../../store/unwaited.ts';
import { allSymbols, closeFields } from '../../../src/domain/tradeTerms.ts';

/** Optional last layer: the smallest order in a symbol that a person chooses, and its close. */
export function ProofOrder({ bridge }: { bridge: BridgeState }): ReactElement {
  const connected = useApp(({ client }) => client !== null);
  const quotes = useAppState(({ quotes: all }) => all[bridge.id]) ?? [];
  const [symbol, setSymbol] = useState('');
  const [tried, setTried] = useState<string | null>(null);
  const [asking, setAsking] = useState<string | null>(null);
  const [closing, setClosing] = useState<FireRequest | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  return (
    <section aria-label="Try an order">
      <h3 className="text-sm font-semibold">Try an order</h3>
      <p className="mb-2 text-sm text-muted">
        Optional: buys the smallest lot with a stop loss, through the same guards and limits as any order. It stays open
        until you close it.
      </p>
      <div className="flex items-end gap-2">
        <div className="w-44">
          <TextField
            label="Symbol to try"
            note="as needed"
            value={symbol}
            placeholder="EURUSD"
            suggestions={quotes.map((quote) => quote.symbol)}
            onChange={(text) => {
              setSymbol(text.trim());
            }}
          />
        </div>
        <Button
          disabled={!connected || symbol === ''}
          onClick={() => {
            setAsking(signalIdOf(newSeed())(symbol));
          }}
        >
          Try the smallest buy
        </Button>
        {tried !== null && (
          <Button
            disabled={!connected}
            onClick={() => {
              setClosing({
                bridge: bridge.id,
                action: 'close',
                symbol: tried,
                signalId: signalIdOf(newSeed())(tried === '' ? allSymbols : tried),
                confirmed: [],
                ...closeFields,
              });
            }}
          >
            Close {tried} again
          </Button>
        )}
      </div>
      {failure !== null && (
        <p role="alert" className="mt-2 text-sm text-down">
          {failure}
        </p>
      )}
      {asking !== null && (
        <AskOrder
          bridge={bridge}
          symbol={symbol}
          signalId={asking}
          onDone={(failed) => {
            setAsking(null);
            setFailure(failed);
            if (failed === null) setTried(symbol);
          }}
          onCancel={() => {
            setAsking(null);
          }}
        />
      )}
      {closing !== null && (
        <ConfirmClose
          bridge={bridge}
          request={closing}
          by="key"
          onClose={(request) => {
            setClosing(null);
            unwaited(
              fireOrder(request).then((result) => {
                setFailure('text' in result ? result.text : null);
              }),
            );
          }}
          onCancel={() => {
            setClosing(null);
          }}
        />
      )}
    </section>
  );
}

/** Confirmation; for a live account twice, by typing. */
function AskOrder({
  bridge,
  symbol,
  signalId,
  onDone,
  onCancel,
}: {
  bridge: BridgeState;
  symbol: string;
  signalId: string;
  /** @param failure why it was not fired; null: it was */
  onDone: (failure: string | null) => void;
  onCancel: () => void;
}): ReactElement {
  const quotes = useAppState(({ quotes: all }) => all[bridge.id]) ?? [];
  // Plan at the opening of the dialog, or at the first price after it: the order shown is the order fired.
  const [plan, setPlan] = useState(() => planProofOrder(bridge, quotes, symbol));
  if (plan.sl === null) {
    const known = planProofOrder(bridge, quotes, symbol);
    if (known.sl !== null) setPlan(known);
  }
  const [account, setAccount] = useState('');
  const [word, setWord] = useState('');
  const live = isMoneyAtStake(bridge);
  const smallest = { bridge: bridge.id, action: 'buy', symbol, lot: plan.lot, tp: 0, signalId } as const;
  const name = accountTyped(bridge.account);
  const fire = async (): Promise<void> => {
    const { client } = appStore.getState();
    try {
      if (client === null) throw new Error('The app is not connected, so nothing was sent.');
      const typed = live ? { account, word } : null;
      await client.call('fireProof', { bridge: bridge.id, symbol, sl: plan.sl, signalId, live: typed });
      onDone(null);
    } catch (error) {
      const lost = error instanceof ContractFailure && error.code === 'connection_lost';
      const text = error instanceof Error ? error.message : String(error);
      onDone(lost ? `Order ${signalId} is unknown: ${text}` : text);
    }
  };
  return (
    <ConfirmDialog
      title="Try an order"
      word="Buy"
      kind="buy"
      expires
      onRenew={() => {
        setPlan(planProofOrder(bridge, quotes, symbol));
      }}
      disabled={plan.sl === null || (live && (account !== name || word !== liveWord))}
      onConfirm={fire}
      onCancel={onCancel}
    >
      <StakeNotice bridge={bridge} />
      <p className="figures text-xl font-semibold">
        <span className="text-buy">Buy</span> {formatLots(plan.lot)} lots {symbol}
      </p>
      <Facts>
        <Fact name="Stop loss">
          {plan.sl === null
            ? 'No price of this symbol is known yet: wait for a quote.'
            : stopWords(plan.sl, bridge.stopUnit)}
        </Fact>
        <Addressee bridge={bridge} signalId={signalId} />
      </Facts>
      {plan.sl !== null && <SignalPreview bridge={bridge} request={{ ...smallest, sl: plan.sl }} />}
      {live && (
        <>
          <p className="text-sm font-medium text-live-account">
            {name === null
              ? 'The EA has not named its account, so no order is tried on it.'
              : `Account ${name} is not known to be a demo account. This order trades real money: confirm it twice.`}
          </p>
          <TextField label={`Type the account: ${name ?? ''}`} note="as needed" value={account} onChange={setAccount} />
          <TextField label={`Type the word: ${liveWord}`} note="as needed" value={word} onChange={setWord} />
        </>
      )}
    </ConfirmDialog>
  );
}
