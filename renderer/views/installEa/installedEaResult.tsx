import { CircleCheck, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, type ReactElement } from 'react';
import { allowedUrls, installationSteps, installedText } from '../../../src/api/presentation/eaInstallationText.ts';
import type { InstalledEa } from '../../../src/api/queries/eaInstallation.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { useCall } from '../../store/callApp.ts';
import { unwaited } from '../../store/unwaited.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copyButton.tsx';

const icons = {
  ok: <CircleCheck className="mt-0.5 size-4 shrink-0 text-live" aria-hidden="true" />,
  failed: <OctagonAlert className="mt-0.5 size-4 shrink-0 text-down" aria-hidden="true" />,
  missing: <TriangleAlert className="mt-0.5 size-4 shrink-0 text-quiet" aria-hidden="true" />,
};

/** What an installation did, and what is left to a person. */
export function InstalledEaResult({
  bridge,
  installed,
}: {
  bridge: BridgeState;
  installed: InstalledEa;
}): ReactElement {
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    ref.current?.scrollIntoView({ block: 'nearest' });
  }, [installed]);
  const { compiled, messages } = installed;
  return (
    <section ref={ref} aria-label="What was done" className="flex flex-col gap-4">
      <div>
        <p role="status" className="flex items-start gap-2 text-sm font-medium">
          {icons[compiled]}
          <span className="min-w-0 break-words">{installedText(installed)}</span>
        </p>
        {messages.length > 0 && (
          <ul
            aria-label="What MetaEditor says"
            className="mt-2 max-h-60 overflow-y-auto rounded-[6px] border border-line bg-raised px-3 py-1.5 font-mono text-xs leading-5 break-words"
          >
            {messages.map((line, index) => (
              <li key={`${String(index)} ${line}`} className="pl-4 -indent-4">
                {line}
              </li>
            ))}
          </ul>
        )}
      </div>
      {compiled !== 'failed' && (
        <>
          <Steps installed={installed} />
          <OwnEa bridge={bridge} />
        </>
      )}
    </section>
  );
}

function Steps({ installed }: { installed: InstalledEa }): ReactElement {
  return (
    <div>
      <h3 className="mb-1 text-base font-semibold">What only you can do, in MT5</h3>
      <ol className="flex list-decimal flex-col gap-1.5 pl-5 text-sm">
        {installationSteps(installed).map((step, index) => (
          <li key={step}>
            {step}
            {index === 0 && (
              <span className="mt-1 flex flex-wrap gap-x-4">
                {allowedUrls(installed.inputs).map((url) => (
                  <span key={url} className="flex items-center gap-1">
                    <code className="font-mono text-sm">{url}</code>
                    <CopyButton text={url} label={`Copy ${url}`} />
                  </span>
                ))}
              </span>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Offers to set the bridge to the EA that was installed. */
function OwnEa({ bridge }: { bridge: BridgeState }): ReactElement {
  const { busy, failure, run } = useCall();
  const isSet = bridge.eaKind === 'bitten';
  return (
    <div className="flex items-center gap-3 rounded-[6px] border border-strong-line bg-raised px-3 py-2">
      <p role="status" className={`min-w-0 flex-1 text-sm ${failure !== null && !isSet ? 'text-down' : ''}`}>
        {isSet
          ? 'This bridge is set to the BITTEN Desk EA: a terminal that stands still for a moment stays connected.'
          : (failure ??
            'Tell the desk that this bridge is of its own EA, so that a terminal that stands still for a moment stays connected.')}
      </p>
      {!isSet && (
        <Button
          disabled={busy}
          onClick={() => {
            unwaited(run('setOwnEa', { bridge: bridge.id }));
          }}
        >
          Set the EA of this bridge
        </Button>
      )}
    </div>
  );
}
