import type { ReactElement } from 'react';
import type { BridgeState } from '../../src/api/state/state.ts';
import { CopyButton } from '../ui/copyButton.tsx';

/** The two lines of v7's source that name this machine. */
export function EaLines({ bridge }: { bridge: BridgeState }): ReactElement {
  const { command, telemetry } = bridge.endpoints;
  return (
    <>
      <Define name="BACKEND_ENDPOINT" value={command} />
      <Define name="HEARTBEAT_ENDPOINT" value={telemetry} />
    </>
  );
}

/** A line of the EA's source with a copy button. */
export function Define({ name, value }: { name: string; value: string }): ReactElement {
  const line = `#define ${name} "${value}"`;
  return (
    <div className="mt-1 flex max-w-[39rem] items-center justify-between rounded-[6px] border border-line bg-raised pr-1 pl-3">
      <code className="truncate font-mono text-sm" title={line}>
        {line}
      </code>
      <CopyButton text={line} label={`Copy the line for ${name}`} />
    </div>
  );
}
