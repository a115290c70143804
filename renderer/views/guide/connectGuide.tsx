import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state.ts';
import { CopyButton } from '../../ui/copyButton.tsx';
import { StartPaperButton } from './startPaperButton.tsx';

/** What to do while no EA has ever come: the two lines of v7 that name this machine, or the paper EA. */
export function ConnectGuide({ bridge }: { bridge: BridgeState }): ReactElement {
  const { command, telemetry } = bridge.endpoints;
  return (
    <section
      aria-label="Connect the EA"
      className="flex min-h-0 flex-1 flex-col justify-center-safe gap-3 overflow-auto rounded-[6px] border border-line bg-panel px-8 py-3 xl:gap-5 xl:py-6"
    >
      <div>
        <h2 className="text-xl font-semibold">Waiting for the EA</h2>
        <p className="mt-1 text-muted">
          Nothing has connected to {command} yet. The lamps above turn live by themselves when it does.
        </p>
      </div>
      <ol className="flex list-decimal flex-col gap-2 pl-5 xl:gap-3">
        <li>
          In MetaEditor, open <span className="font-mono text-sm">BITTENBridge_TradeExecutor_ZMQ_v7.mq5</span> and set
          its two addresses:
          <Define name="BACKEND_ENDPOINT" value={command} />
          <Define name="HEARTBEAT_ENDPOINT" value={telemetry} />
        </li>
        <li>Compile it (F7), and allow DLL imports and algo trading in MT5.</li>
        <li>Drag the EA onto a chart. Its log then says “Connected to backend controller”.</li>
      </ol>
      <div className="flex items-center gap-3 border-t border-line pt-3 xl:pt-4">
        <StartPaperButton />
        <span className="text-sm text-muted">A simulated MT5 with simulated money, over the same sockets.</span>
      </div>
    </section>
  );
}

function Define({ name, value }: { name: string; value: string }): ReactElement {
  const line = `#define ${name} "${value}"`;
  return (
    <div className="mt-1 flex max-w-[38.75rem] items-center justify-between rounded-[6px] border border-line bg-raised pr-1 pl-3">
      <code className="truncate font-mono text-sm">{line}</code>
      <CopyButton text={line} label={`Copy the line for ${name}`} />
    </div>
  );
}
