import type { ReactElement } from 'react';
import { channelNames, type BridgeState } from '../../../src/api/state/state.ts';
import { appStore } from '../../store/appStore.ts';
import { useApp, useNow } from '../../store/hooks.ts';
import { describeLamp } from '../../ui/lamp.tsx';
import { channelLabels } from '../../shared/channels.tsx';

/** Opens and closes the connection check. It covers the lamps transparently, so that they are still read. */
export function CheckButton({ bridge }: { bridge: BridgeState }): ReactElement {
  const now = useNow();
  const open = useApp(({ checking }) => checking === bridge.id);
  return (
    <button
      type="button"
      aria-label="Check connection"
      aria-expanded={open}
      title={channelNames.map((name) => describeLamp(channelLabels[name], bridge.channels[name], now)).join('\n\n')}
      onClick={() => {
        appStore.setState({ checking: open ? null : bridge.id });
      }}
      className={`absolute -inset-x-2 -inset-y-1 rounded-[6px] border hover:border-strong-line ${open ? 'border-strong-line bg-raised/40' : 'border-line'}`}
    />
  );
}
