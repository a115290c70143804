import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state.ts';
import {
  commandPatterns,
  feedbackPatterns,
  type CommandPattern,
  type FeedbackPattern,
} from '../../../src/protocol/socketPatterns.ts';
import { Choice } from './choice.tsx';
import { Part, Setting, type PartProps } from './settingsPart.tsx';

const commandNames: Record<CommandPattern, string> = { push: 'PUSH → PULL', pub: 'PUB → SUB' };
const feedbackNames: Record<FeedbackPattern, string> = { push: 'PUSH → PULL', req: 'REQ → REP, acknowledged' };

/** How the EA's sockets are built: what the EA says must be what stands here. */
export function ConnectionPart({ bridge, ...parts }: PartProps & { bridge: BridgeState }): ReactElement {
  const { form, onChange } = parts;
  const { running } = bridge;
  const changed = form.commandPattern !== running.command || form.feedbackPattern !== running.feedback;
  return (
    <Part
      title="Sockets"
      text="As the EA has them: v7 takes commands by PULL and sends its results by PUSH, on the telemetry port. Changes hold from the next start of the app."
    >
      <div className="grid grid-cols-3 gap-x-4">
        <Choice
          label="Commands"
          values={commandPatterns}
          names={commandNames}
          value={form.commandPattern}
          onChange={(commandPattern) => {
            if (commandPattern !== null) onChange({ commandPattern });
          }}
        />
        <Choice
          label="Feedback"
          values={feedbackPatterns}
          names={feedbackNames}
          value={form.feedbackPattern}
          onChange={(feedbackPattern) => {
            if (feedbackPattern !== null) onChange({ feedbackPattern });
          }}
        />
        <Setting of="feedbackPort" hint="Empty: on the telemetry port." {...parts} />
      </div>
      <p aria-live="polite" className="min-h-5 text-sm text-quiet">
        {changed && `Running now: ${commandNames[running.command]}, ${feedbackNames[running.feedback]}.`}
      </p>
    </Part>
  );
}
