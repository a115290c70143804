import { Check, CircleDashed, CircleQuestionMark, Hourglass, X } from 'lucide-react';
import type { ReactElement } from 'react';
import type { ProofLayer, ProofState } from '../../../src/api/state/connectionReport.ts';
import { layerNames, stateWords } from '../../../src/api/presentation/connectionReportText.ts';

const looks: Record<ProofState, { Icon: typeof Check; colour: string }> = {
  ok: { Icon: Check, colour: 'text-live' },
  failed: { Icon: X, colour: 'text-down' },
  waiting: { Icon: Hourglass, colour: 'text-quiet' },
  not_reported: { Icon: CircleQuestionMark, colour: 'text-idle' },
  skipped: { Icon: CircleDashed, colour: 'text-idle' },
};

/** One row a layer: a shape, a word, a sentence, and the next step where it fails. */
export function LayerList({ layers }: { layers: readonly ProofLayer[] }): ReactElement {
  return (
    <ol aria-label="Checks" className="flex flex-col divide-y divide-line rounded-[6px] border border-line">
      {layers.map(({ name, state, text, causes, fix }) => {
        const { Icon, colour } = looks[state];
        return (
          <li
            key={name}
            aria-label={layerNames[name]}
            className={`flex gap-3 px-3 py-2 ${state === 'failed' ? 'bg-raised' : ''}`}
          >
            <Icon className={`mt-0.5 size-4 shrink-0 ${colour}`} aria-hidden="true" />
            <div className="min-w-0 flex-1 text-sm">
              <p className="flex justify-between gap-3">
                <span className="font-medium">{layerNames[name]}</span>
                <span className={`shrink-0 text-xs font-medium ${colour}`}>{stateWords[state]}</span>
              </p>
              <p className={`break-words ${state === 'skipped' ? 'text-muted' : ''}`}>{text}</p>
              {causes.length > 0 && (
                <ul aria-label="Likely causes" className="mt-1 list-disc pl-5 text-muted">
                  {causes.map((cause) => (
                    <li key={cause}>{cause}</li>
                  ))}
                </ul>
              )}
              {fix !== null && (
                <p className="mt-1">
                  <span className="font-medium">Do:</span> {fix}
                </p>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
