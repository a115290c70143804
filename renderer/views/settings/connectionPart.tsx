import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import {
  commandPatterns,
  feedbackPatterns,
  type CommandPattern,
  type FeedbackPattern,
} from '../../../src/protocol/ea/socketPatterns.ts';
import { Choice } from '../../ui/choice.tsx';
import { Part, Setting, type PartProps } from './settingsPart.tsx';

const commandNames: Record<CommandPattern, string> = { push: 'PUSH → PULL', pub: 'PUB → SUB' };
const feedbackNames: Record<FeedbackPattern, string> = { push: 'PUSH → PULL', req: 'REQ → REP, acknowledged' };

/** Addresses and patterns of the EA's sockets, which must match the EA's own settings. */
export function ConnectionPart({ bridge, ...parts }: PartProps & { bridge: BridgeState }): ReactElement {
  const { form, onChange } = parts;
  if (bridge.kind === 'paper') {
    return <Part title="Sockets" text="The paper EA gets free ports on this machine at each start, by itself." />;
  }
  return (
    <Part
      title="Sockets"
      text="As the EA has them: v7 takes commands on 5555 by PULL and sends telemetry and results to 5556 by PUSH. A change counts from the next start of the desk."
    >
      <div className="grid grid-cols-3 gap-x-4 gap-y-2">
        <Setting of="commandPort" hint="0: the desk picks one at each start." {...parts} />
        <Setting of="telemetryPort" hint="0: the desk picks one at each start." {...parts} />
        <Setting of="feedbackPort" hint="Empty: on the telemetry port." {...parts} />
        <Choice
          label="Commands"
          values={commandPatterns}
          names={commandNames}
          value={form.commandPattern}
          onChange={(commandPattern) => {
            if (commandPattern !== null) onChange({ commandPattern });
          }}
        />
        <span />
        <Choice
          label="Feedback"
          values={feedbackPatterns}
          names={feedbackNames}
          value={form.feedbackPattern}
          onChange={(feedbackPattern) => {
            if (feedbackPattern !== null) onChange({ feedbackPattern });
          }}
        />
      </div>
      <div className="mt-3 grid grid-cols-3 gap-x-4">
        <Setting of="host" hint="127.0.0.1: MT5 runs on this machine." {...parts} />
        <Setting of="allowPeers" hint="IP addresses, where MT5 runs elsewhere." {...parts} />
        <Setting of="telemetryPeers" hint="1, unless several EAs of one account send." {...parts} />
      </div>
      <Running bridge={bridge} {...parts} />
    </Part>
  );
}

/** Settings in force from the next start on, and flags of this start. */
function Running({ bridge, form }: PartProps & { bridge: BridgeState }): ReactElement {
  const { running, endpoints, startFlags } = bridge;
  const changed = form.commandPattern !== running.command || form.feedbackPattern !== running.feedback;
  return (
    <div className="mt-2 text-sm">
      <p className="text-muted">
        Open now: commands on <span className="font-mono">{endpoints.command}</span>, telemetry on{' '}
        <span className="font-mono">{endpoints.telemetry}</span>
        {endpoints.feedback !== endpoints.telemetry && (
          <>
            , feedback on <span className="font-mono">{endpoints.feedback}</span>
          </>
        )}
        .
      </p>
      {startFlags.length > 0 && (
        <p className="text-muted">
          The desk was started with <span className="font-mono">{startFlags.join(' ')}</span>, which counts instead of
          what is set here.
        </p>
      )}
      <p aria-live="polite" className="min-h-5 text-quiet">
        {changed && `Running now: ${commandNames[running.command]}, ${feedbackNames[running.feedback]}.`}
      </p>
    </div>
  );
}
