import { useId, type ReactElement } from 'react';
import type { ChannelHealth } from '../../src/api/state/state.ts';
import { formatAge, formatNumber } from '../format.ts';
import { useFlash } from '../store/hooks.ts';
import { LampShape } from './lampShape.tsx';

export const lampColours = {
  listening: 'text-idle',
  connected: 'text-live',
  live: 'text-live',
  quiet: 'text-quiet',
  down: 'text-down',
} as const;

/** Length of a pulse, ms: the app publishes four times a second. */
const pulseMs = 240;

/** One channel's lamp: shape, colour and word, with a pulse for new messages. */
export function Lamp({ name, health, now }: { name: string; health: ChannelHealth; now: number }): ReactElement {
  const id = useId();
  const pulsing = useFlash(health.messages, pulseMs);
  return (
    <div className="flex items-center gap-2" title={describeLamp(name, health, now)}>
      <span
        className={`rounded-full ${lampColours[health.state]} ${pulsing && health.state === 'live' ? 'lamp-pulse' : ''}`}
      >
        <LampShape state={health.state} />
      </span>
      <div className="leading-4">
        <div id={id} className="text-xs text-muted">
          {name}
        </div>
        <div role="status" aria-labelledby={id} className={`text-sm font-medium ${lampColours[health.state]}`}>
          {health.state}
        </div>
      </div>
    </div>
  );
}

/** A lamp's details in words. */
export function describeLamp(name: string, health: ChannelHealth, now: number): string {
  const last = health.lastMessageAt === null ? 'no message yet' : `last ${formatAge(now - health.lastMessageAt)} ago`;
  const counted = `${formatNumber(health.messages, 0)} ${name === 'Command' ? 'sent' : 'received'}, ${formatNumber(health.rate, 1)}/s, ${last}`;
  return `${name}: ${health.state} for ${formatAge(now - health.since)}\n${health.peer === null ? 'No peer' : `Peer ${health.peer}`}\n${counted}`;
}
