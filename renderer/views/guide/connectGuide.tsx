import type { ReactElement, ReactNode } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { appStore } from '../../store/appStore.ts';
import { Button } from '../../ui/button.tsx';
import { AccountStep } from './accountStep.tsx';
import { EaStep } from './eaStep.tsx';
import { StartPaperButton } from './startPaperButton.tsx';
import { StopUnitStep } from './stopUnitStep.tsx';

/** Steps while no EA has ever come: which one, the unit of its stops, the account, and its start. Paper is beside them. */
export function ConnectGuide({ bridge }: { bridge: BridgeState }): ReactElement {
  const isOwn = bridge.eaKind === 'bitten';
  const steps: { title: string; content: ReactNode }[] = [
    { title: 'Choose the EA, and tell it where this desk is', content: <EaStep bridge={bridge} /> },
    // The desk's own EA takes both, and is told which.
    ...(isOwn ? [] : [{ title: 'Say how the EA reads stops', content: <StopUnitStep bridge={bridge} /> }]),
    { title: isOwn ? 'Limit the risk' : 'Say what the account is in', content: <AccountStep bridge={bridge} /> },
    {
      title: 'Start it in MT5',
      content: (
        <p className="text-sm text-muted">
          In MT5, switch algo trading on{bridge.eaKind === 'v7' && ', allow DLL imports too'}, and drag the EA onto a
          chart. Once the lamps are live, switch Armed on.
        </p>
      ),
    },
  ];
  return (
    <section
      aria-label="Connect the EA"
      className="flex min-h-0 flex-1 flex-col justify-center-safe gap-3 overflow-auto rounded-[6px] border border-line bg-panel px-5 py-3 xl:px-8 xl:py-4"
    >
      <div>
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <h2 className="text-xl font-semibold">{isOwn ? 'Three' : 'Four'} steps to the first order</h2>
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
        {steps.map(({ title, content }, at) => (
          <Step key={title} number={at + 1} title={title}>
            {content}
          </Step>
        ))}
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
