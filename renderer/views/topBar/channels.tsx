import type { ReactElement } from 'react';
import { channelNames, type BridgeState } from '../../../src/api/state.ts';
import { useApp, useNow } from '../../store/hooks.ts';
import { Lamp } from '../../ui/lamp.tsx';

const labels = { command: 'Command', telemetry: 'Telemetry', feedback: 'Feedback' } as const;

/** The three lamps. They dim when the app itself can't be reached, because nobody knows then. */
export function Channels({ bridge }: { bridge: BridgeState }): ReactElement {
  const now = useNow();
  const known = useApp(({ connection }) => connection === 'open');
  return (
    <section aria-label="Channels" className={`flex gap-4 ${known ? '' : 'opacity-40'}`}>
      {channelNames.map((name) => (
        <div key={name} className="w-[84px]">
          <Lamp name={labels[name]} health={bridge.channels[name]} now={now} />
        </div>
      ))}
    </section>
  );
}
