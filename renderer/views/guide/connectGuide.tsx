import type { ReactElement, ReactNode } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { appStore } from '../../store/appStore.ts';
import { Button } from '../../ui/button.tsx';
import { EaLines } from '../../shared/eaLines.tsx';
import { InstallEaButton } from '../installEa/installEaButton.tsx';
import { AccountStep } from './accountStep.tsx';
import { StartPaperButton } from './startPaperButton.tsx';
import { StopUnitStep } from './stopUnitStep.tsx';

/** Four steps while no EA has ever come: its addresses, the unit of its stops, the account, and its start. Paper is beside them. */
export function ConnectGuide({ bridge }: { bridge: BridgeState }): ReactElement {
  return (
    <section
      aria-label="Connect the EA"
      className="flex min-h-0 flex-1 flex-col justify-center-safe gap-3 overflow-auto rounded-[6px] border border-line bg-panel px-5 py-3 xl:px-8 xl:py-4"
    >
      <div>
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <h2 className="text-xl font-semibold">Four steps to the first order</h2>
          <div className="flex gap-2">
            <StartPaperButton />
            <Button
              onClick={() => {
                appStore.setState({ checking: bridge.id });
              }}
            >
              Check the connection
            </Button>
          </div>
        </div>
        <p className="mt-0.5 text-muted">
          No EA has connected to {bridge.endpoints.command} yet. To look around first, try it on paper, without money.
        </p>
      </div>
      <ol className="flex flex-col gap-2">
        <Step number={1} title="Tell the EA where this desk is">
          <div className="mt-1 flex flex-wrap items-center gap-x-3 text-sm text-muted">
            <InstallEaButton bridge={bridge.id} word="Install the desk’s own EA" />
            <p>
              or set these two lines of <span className="font-mono text-xs">BITTENBridge_TradeExecutor_ZMQ_v7.mq5</span>{' '}
              and compile it (F7):
            </p>
          </div>
          <EaLines bridge={bridge} />
        </Step>
        <Step number={2} title="Say how the EA reads stops">
          <StopUnitStep bridge={bridge} />
        </Step>
        <Step number={3} title="Say what the account is in">
          <AccountStep bridge={bridge} />
        </Step>
        <Step number={4} title="Start it in MT5">
          <p className="text-sm text-muted">
            In MT5, switch algo trading on, for v7 allow DLL imports too, and drag the EA onto a chart. Once the lamps
            are live, switch Armed on.
          </p>
        </Step>
      </ol>
    </section>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }): ReactElement {
  return (
    <li className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-3">
      <span
        aria-hidden="true"
        className="figures flex size-6 items-center justify-center rounded-full border border-strong-line text-sm font-semibold"
      >
        {number}
      </span>
      <div>
        <h3 className="text-base font-semibold">{title}</h3>
        {children}
      </div>
    </li>
  );
}
