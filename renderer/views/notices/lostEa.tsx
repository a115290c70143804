import { Unplug } from 'lucide-react';
import type { ReactElement } from 'react';
import { channelNames, type BridgeState } from '../../../src/api/state/state.ts';
import { channelLabels } from '../../shared/channels.tsx';
import { formatTime } from '../../format.ts';
import { appStore } from '../../store/appStore.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** An EA that was there and is gone. */
export function LostEa({ bridge }: { bridge: BridgeState }): ReactElement | null {
  const lost = channelNames.filter((name) => bridge.channels[name].state === 'down');
  if (lost.length === 0) return null;
  const since = Math.min(...lost.map((name) => bridge.channels[name].since));
  const which =
    lost.length === channelNames.length ? 'The EA is gone' : `The EA is gone from ${lost.map(lower).join(' and ')}`;
  return (
    <Notice
      icon={<Unplug className="size-5 shrink-0 text-down" aria-hidden="true" />}
      action={
        <Button
          onClick={() => {
            appStore.setState({ checking: bridge.id });
          }}
        >
          Check the connection
        </Button>
      }
    >
      <strong>
        {which}, since <span className="figures">{formatTime(since)}</span>.
      </strong>{' '}
      {bridge.armed ? 'The bridge is armed, but nothing is bought or sold' : 'Nothing is bought or sold'} until it is
      back. Open positions stay open. Look whether MT5 still runs and the EA is on its chart.
    </Notice>
  );
}

function lower(name: (typeof channelNames)[number]): string {
  return channelLabels[name].toLowerCase();
}
