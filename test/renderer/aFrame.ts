import type { WireFrame } from '../../src/api/state/wireFrames.ts';

/** A frame of the wire log; every second one is a tick. */
export function aFrame(number: number, changes: Partial<WireFrame> = {}): WireFrame {
  return {
    number,
    at: number,
    channel: 'telemetry',
    direction: 'in',
    size: 15,
    kind: number % 2 === 0 ? 'tick' : 'pong',
    note: null,
    history: false,
    signalId: null,
    text: '{"type":"tick"}',
    bytes: null,
    cut: false,
    ...changes,
  };
}
