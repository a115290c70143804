import type { ReactElement } from 'react';
import type { FireRequest } from '../../../../src/api/contract.ts';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import { Fact } from '../../../ui/facts.tsx';
import { accountLogin } from '../../../shared/stakeWords.ts';
import { commandPreview } from '../form/commandPreview.ts';

/** The order's bridge, account and ID. */
export function Addressee({ bridge, signalId }: { bridge: BridgeState; signalId: string }): ReactElement {
  const { uuid } = bridge.account;
  const name = accountLogin(bridge);
  return (
    <>
      <Fact name="Bridge">
        {bridge.name}
        {bridge.kind === 'paper' ? ', no real money' : ''}
      </Fact>
      <Fact name="Account">
        {name ?? uuid ?? 'not named yet'}
        {name !== null && uuid !== null && <span className="font-normal text-muted"> {uuid}</span>}
      </Fact>
      <Fact name="ID">
        <span className="font-mono text-sm">{signalId}</span>
      </Fact>
    </>
  );
}

/** The frame's bytes to the EA. */
export function SignalPreview({
  bridge,
  request,
}: {
  bridge: BridgeState;
  request: Omit<FireRequest, 'confirmed'>;
}): ReactElement {
  const { action, symbol, lot, sl, tp, signalId, entry = null } = request;
  const encoded = commandPreview(bridge, { action, symbol, lot, tp, sl, signal_id: signalId, entry });
  return (
    <div>
      <p className="mb-1 text-xs text-muted">
        {bridge.speaks8
          ? 'The EA will receive this, with the session and the time of sending filled in:'
          : 'The EA will receive exactly this:'}
      </p>
      <code className="block rounded-[6px] border border-line bg-raised p-2 font-mono text-xs break-all">
        {encoded.ok ? encoded.text : encoded.problem.reason}
      </code>
    </div>
  );
}
