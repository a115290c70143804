import { TriangleAlert, Unplug } from 'lucide-react';
import { useState, type ReactElement, type ReactNode } from 'react';
import type { BridgeState } from '../../src/api/state.ts';
import { useApp } from '../store/hooks.ts';
import { Button } from '../ui/button.tsx';

/** What must be seen before anything else in the centre is trusted. */
export function Notices({ bridge }: { bridge: BridgeState }): ReactElement {
  const connection = useApp((store) => store.connection);
  return (
    <div aria-live="assertive" className="contents">
      {connection !== 'open' && (
        <Notice icon={<Unplug className="size-5 text-down" aria-hidden="true" />}>
          <strong>The connection to the app was lost.</strong> What you see is the last that was known. It is tried
          again every second.
        </Notice>
      )}
      {bridge.secondPeer !== null && <SecondEa bridge={bridge} address={bridge.secondPeer.address} />}
      {bridge.stream === 'history' && bridge.backlog > 0 && (
        <Notice icon={null}>
          <span className="figures">
            Reading what the EA queued before it connected: {bridge.backlog} frames so far.
          </span>
        </Notice>
      )}
    </div>
  );
}

function SecondEa({ bridge, address }: { bridge: BridgeState; address: string }): ReactElement {
  const client = useApp((store) => store.client);
  const [failure, setFailure] = useState<string | null>(null);
  const resume = (): void => {
    client?.call('resumeTrading', { bridge: bridge.id }).catch((error: unknown) => {
      setFailure(error instanceof Error ? error.message : String(error));
    });
  };
  return (
    <Notice
      icon={<TriangleAlert className="size-5 text-down" aria-hidden="true" />}
      action={
        <Button disabled={client === null} onClick={resume}>
          Resume trading
        </Button>
      }
    >
      <strong>A second EA at {address} tries to connect, so trading is stopped.</strong>{' '}
      {failure ?? 'It got no order. Remove the EA that does not belong here from its chart in MT5, then resume.'}
    </Notice>
  );
}

function Notice({
  icon,
  action,
  children,
}: {
  icon: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}): ReactElement {
  return (
    <div className="flex shrink-0 items-center gap-3 rounded-[6px] border border-strong-line bg-raised px-3 py-2">
      {icon}
      <p className="flex-1 text-sm">{children}</p>
      {action}
    </div>
  );
}
