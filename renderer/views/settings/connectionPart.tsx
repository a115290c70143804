import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import {
  commandPatterns,
  feedbackPatterns,
  type CommandPattern,
  type FeedbackPattern,
} from '../../../src/protocol/ea/socketPatterns.ts';
import { eaKinds } from '../../../src/protocol/ea/portSettings.ts';
import { InstallEaButton } from '../installEa/installEaButton.tsx';
import { eaKindNames } from '../../shared/eaKindWords.ts';
import { Choice } from '../../ui/choice.tsx';
import { Part, Setting, type PartProps } from './settingsPart.tsx';

const commandNames: Record<CommandPattern, string> = { push: 'PUSH → PULL', pub: 'PUB → SUB' };
const feedbackNames: Record<FeedbackPattern, string> = { push: 'PUSH → PULL', req: 'REQ → REP, acknowledged' };

/** Ports, addresses and patterns of the EA's sockets, which must match the EA's own settings. */
export function ConnectionPart({ bridge, ...parts }: PartProps & { bridge: BridgeState }): ReactElement {
  const { form, onChange } = parts;
  if (bridge.kind === 'paper') {
    return (
      <Part
        title="Connection to the EA"
        text="The paper EA gets free ports on this machine at each start, by itself."
      />
    );
  }
  return (
    <Part
      title="Connection to the EA"
      text="The desk and the EA meet where both have the same ports; EA v7 has 5555 and 5556. A change counts from the next start of the desk, and the EA has to be given it, too; the kind of the EA counts at once where the bridge is disarmed and no order is open."
    >
      <div className="grid grid-cols-2 gap-x-4 gap-y-2">
        <Setting of="commandPort" {...parts} />
        <Setting of="telemetryPort" {...parts} />
        <Choice
          label="EA"
          hint="The desk’s own EA works on one thread: with it the desk waits six seconds for an answer instead of half a second."
          values={eaKinds}
          names={eaKindNames}
          value={form.eaKind}
          onChange={(eaKind) => {
            if (eaKind !== null) onChange({ eaKind });
          }}
        />
        <Choice
          label="Commands"
          hint="How the EA takes orders. v7 pulls them: PUSH → PULL."
          values={commandPatterns}
          names={commandNames}
          value={form.commandPattern}
          onChange={(commandPattern) => {
            if (commandPattern !== null) onChange({ commandPattern });
          }}
        />
        <Choice
          label="Feedback"
          hint="How the EA sends results. v7 pushes them. With REQ it waits for a receipt, and needs a port for feedback."
          values={feedbackPatterns}
          names={feedbackNames}
          value={form.feedbackPattern}
          onChange={(feedbackPattern) => {
            if (feedbackPattern !== null) onChange({ feedbackPattern });
          }}
        />
        <Setting of="feedbackPort" {...parts} />
        <Setting of="telemetryPeers" {...parts} />
        <Setting of="host" {...parts} />
        <Setting of="allowPeers" {...parts} />
      </div>
      <Running bridge={bridge} {...parts} />
      <div className="flex items-center gap-3">
        <InstallEaButton bridge={bridge.id} />
        <p className="text-sm text-muted">
          Puts the desk’s own EA into MetaTrader 5, with the ports that are open now.
        </p>
      </div>
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
