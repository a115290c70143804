import type { ReactElement } from 'react';
import { channelNames, type BridgeState, type ChannelName } from '../../../src/api/state/state.ts';
import { socketTypes, type SocketTypes } from '../../../src/protocol/ea/socketPatterns.ts';
import { formatNumber } from '../../format.ts';
import { useFlash } from '../../store/hooks.ts';
import { lampColours } from '../../ui/lamp.tsx';
import { LampShape } from '../../ui/lampShape.tsx';
import { channelLabels } from '../../shared/channels.tsx';

/** Length of a pulse, ms: the app publishes four times a second. */
const pulseMs = 240;

/** The three flows between this desk and the EA, each with its direction, sockets, state and rate. */
export function FlowPicture({ bridge }: { bridge: BridgeState }): ReactElement {
  const types = socketTypes(bridge.running);
  const peer = channelNames.map((name) => bridge.channels[name].peer).find((each) => each !== null) ?? null;
  return (
    <section aria-label="Flows" className="grid grid-cols-[auto_1fr_auto] items-stretch gap-x-3">
      <End name="Desk" detail="this app" />
      <ul className="flex flex-col gap-2">
        {channelNames.map((name) => (
          <Flow key={name} name={name} types={types[name]} bridge={bridge} />
        ))}
      </ul>
      <End name="EA" detail={peer ?? 'none'} />
    </section>
  );
}

function End({ name, detail }: { name: string; detail: string }): ReactElement {
  return (
    <div className="flex w-24 flex-col items-center justify-center rounded-[6px] border border-strong-line bg-raised px-2 text-center">
      <span className="text-base font-semibold">{name}</span>
      <span className="w-full truncate text-xs text-muted" title={detail}>
        {detail}
      </span>
    </div>
  );
}

function Flow({ name, types, bridge }: { name: ChannelName; types: SocketTypes; bridge: BridgeState }): ReactElement {
  const health = bridge.channels[name];
  const pulsing = useFlash(health.messages, pulseMs) && health.state === 'live';
  const out = name === 'command';
  const colour = lampColours[health.state];
  return (
    <li>
      <div className="flex items-baseline justify-between gap-2 text-xs">
        <span className="flex items-center gap-1.5">
          <span className={colour}>
            <LampShape state={health.state} />
          </span>
          <span className="text-sm font-medium">{channelLabels[name]}</span>
          <span className={`font-medium ${colour}`}>{health.state}</span>
        </span>
        <span className="figures whitespace-nowrap text-muted">
          {formatNumber(health.rate, 1)}/s · {formatNumber(health.messages, 0)}
        </span>
      </div>
      <div className={`relative my-1 h-2 ${colour}`} aria-hidden="true">
        <div
          className={`absolute inset-x-0 top-[3px] border-t-2 ${health.peer === null ? 'border-dashed' : ''} border-current opacity-50`}
        />
        <svg viewBox="0 0 8 8" className={`absolute top-0 size-2 ${out ? 'right-0' : 'left-0'}`}>
          <path d={out ? 'M0 0l8 4-8 4z' : 'M8 0L0 4l8 4z'} fill="currentColor" />
        </svg>
        {pulsing && <span className={`flow-pulse ${out ? 'flow-out' : 'flow-in'}`} />}
      </div>
      <div className="flex justify-between gap-2 font-mono text-xs text-muted">
        <span>{out ? `${types.core} → ${types.ea}` : `${types.core} ← ${types.ea}`}</span>
        <span className="truncate">{bridge.endpoints[name]}</span>
      </div>
    </li>
  );
}
