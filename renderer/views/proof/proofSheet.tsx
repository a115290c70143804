import { useState, type ReactElement } from 'react';
import { proofText, verdictWords } from '../../../src/api/presentation/connectionReportText.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { appStore } from '../../store/appStore.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copyButton.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { EaAddresses } from './eaAddresses.tsx';
import { FlowPicture } from './flowPicture.tsx';
import { HistoryBands } from './historyBands.tsx';
import { LayerList } from './layerList.tsx';
import { ProofOrder } from './proofOrder.tsx';
import { useConnectionHistory, useConnectionReport } from './useConnectionReport.ts';

const verdictColours = { ok: 'text-live', failed: 'text-down', waiting: 'text-quiet' } as const;

/** The connection check: the layers, the first failing one, and its next step. */
export function ProofSheet({ bridge }: { bridge: BridgeState }): ReactElement {
  const [round, setRound] = useState(0);
  const { answer: report, failure } = useConnectionReport(bridge.id, round);
  const history = useConnectionHistory(bridge.id);
  return (
    <Sheet
      title={`Connection of ${bridge.name}`}
      width="wide"
      onClose={() => {
        appStore.setState({ checking: null });
      }}
      footer={
        <>
          <p className="mr-auto text-xs text-muted">The check goes on by itself while this panel is open.</p>
          {report !== null && <CopyButton text={proofText(report)} label="Copy report" word="Copy report" />}
          <Button
            onClick={() => {
              setRound(round + 1);
            }}
          >
            Check again
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-6">
        <FlowPicture bridge={bridge} />
        <section aria-label="Layers">
          <p
            role="status"
            className={`mb-2 text-lg font-semibold ${report === null ? 'text-muted' : verdictColours[report.verdict]}`}
          >
            {failure ?? (report === null ? 'Checking…' : verdictWords[report.verdict])}
          </p>
          {report !== null && <LayerList layers={report.layers} />}
        </section>
        {report?.layers.every(({ state, name }) => name === 'order' || state === 'ok' || state === 'not_reported') ===
          true && <ProofOrder bridge={bridge} />}
        {report !== null && <EaAddresses report={report} />}
        <HistoryBands history={history} />
      </div>
    </Sheet>
  );
}
