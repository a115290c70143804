import { useState, type ReactElement, type ReactNode } from 'react';
import type { FireRequest } from '../../../src/api/contract.ts';
import type { BridgeState, Quote } from '../../../src/api/state.ts';
import { encodeSignal } from '../../../src/protocol/commandFrame.ts';
import { formatLots } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { describeStop, unitNames } from './ticketForm.ts';

/** The last look before an order leaves: in words, and as the EA will receive it. */
export function ConfirmOrder({
  bridge,
  request,
  quote,
  onFire,
  onCancel,
}: {
  bridge: BridgeState;
  request: FireRequest;
  quote: Quote | null;
  onFire: () => void;
  onCancel: () => void;
}): ReactElement {
  const [fired, setFired] = useState(false);
  const { action, symbol, lot, sl, tp, signalId } = request;
  const encoded = encodeSignal({ action, symbol, lot, tp, sl, signal_id: signalId }, bridge);
  const buy = action === 'buy';
  return (
    <Dialog title="Confirm order" onClose={onCancel}>
      <div className="flex flex-col gap-3 px-5 py-4">
        <p className="figures text-xl font-semibold">
          <span className={buy ? 'text-equity' : 'text-down'}>{buy ? 'Buy' : 'Sell'}</span> {formatLots(lot)} lots{' '}
          {symbol}
        </p>
        <dl className="figures grid grid-cols-[110px_1fr] gap-y-1 text-base">
          <Row name="Stop loss">
            <StopText value={sl} bridge={bridge} quote={quote} />
          </Row>
          <Row name="Take profit">
            <StopText value={tp} bridge={bridge} quote={quote} />
          </Row>
          <Row name="Bridge">
            {bridge.name}
            {bridge.kind === 'paper' ? ', no real money' : ''}
          </Row>
          <Row name="Account">{bridge.account.uuid ?? bridge.account.login ?? 'not named yet'}</Row>
          <Row name="ID">
            <span className="font-mono text-sm">{signalId}</span>
          </Row>
        </dl>
        <div>
          <p className="mb-1 text-xs text-muted">The EA will receive exactly this:</p>
          <code className="block rounded-[6px] border border-line bg-raised p-2 font-mono text-xs break-all">
            {encoded.ok ? encoded.text : encoded.problem.reason}
          </code>
        </div>
      </div>
      <div className="flex justify-end gap-2 border-t border-line px-5 py-3">
        <Button onClick={onCancel}>Cancel</Button>
        <Button
          autoFocus
          disabled={fired}
          kind={buy ? 'buy' : 'sell'}
          className="min-w-24"
          onClick={() => {
            setFired(true);
            onFire();
          }}
        >
          Fire
        </Button>
      </div>
    </Dialog>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }): ReactElement {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="font-medium">{children}</dd>
    </>
  );
}

function StopText({ value, bridge, quote }: { value: number; bridge: BridgeState; quote: Quote | null }): ReactElement {
  if (value === 0) return <span className="text-quiet">none</span>;
  const hint = describeStop(String(value), bridge, quote);
  return (
    <>
      {bridge.stopUnit === 'price' ? `at price ${String(value)}` : `${String(value)} ${unitNames.points}`}
      {hint !== null && (
        <span className={`ml-2 text-sm font-normal ${hint.warning ? 'text-quiet' : 'text-muted'}`}>{hint.text}</span>
      )}
    </>
  );
}
