import type { ReactElement, ReactNode } from 'react';
import { channelNames, type BridgeState } from '../../src/api/state/state.ts';
import { useApp, useNow } from '../store/hooks.ts';
import { Lamp } from '../ui/lamp.tsx';

export const channelLabels = { command: 'Command', telemetry: 'Telemetry', feedback: 'Feedback' } as const;

/**
 * The three lamps, dimmed while the app itself can't be reached.
 * @param children drawn over them
 */
export function Channels({ bridge, children }: { bridge: BridgeState; children?: ReactNode }): ReactElement {
  const now = useNow();
  const known = useApp(({ connection }) => connection === 'open');
  return (
    <section aria-label="Channels" className="relative flex gap-4">
      {channelNames.map((name) => (
        <div key={name} className={`w-[5.25rem] ${known ? '' : 'opacity-40'}`}>
          <Lamp name={channelLabels[name]} health={bridge.channels[name]} now={now} />
        </div>
      ))}
      {children}
    </section>
  );
}
