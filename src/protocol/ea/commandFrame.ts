import { encodeText, isAscii } from './codePage.ts';
import { checkSignal, type Signal, type SignalRules } from './signal.ts';
import type { SignalProblem } from '../../domain/tradeTerms.ts';

/** Commands of v7 besides signals (W7). `shutdown` removes the EA from its chart. */
export type ControlCommand =
  | { type: 'ping' }
  | { type: 'command'; command: 'status' | 'reset' | 'shutdown' }
  | { type: 'config'; param: 'slippage' | 'magic_number'; value: string };

interface FrameProblem {
  field: string;
  code: SignalProblem['code'] | 'invalid_frame';
  reason: string;
}

/** `bytes`: present where a symbol has characters beyond ASCII; `text` is the same for people. */
export type EncodedFrame = { ok: true; text: string; bytes?: Uint8Array } | { ok: false; problem: FrameProblem };

/** Longest frame, bytes (W1). */
const maxCommandFrameBytes = 4094;

/** Encodes a signal for the EA's parser: the seven keys of W2 in their order. Refused where W1, W4 or W6 forbid it. */
export function encodeSignal(signal: Signal, rules: SignalRules): EncodedFrame {
  const problem = checkSignal(signal, rules);
  if (problem !== null) return { ok: false, problem };
  const { action, symbol, lot, tp, sl, signal_id } = signal;
  if (isAscii(symbol)) return encodeFlat({ type: 'signal', action, symbol, lot, tp, sl, signal_id });
  // Only a symbol can have characters beyond ASCII, in the terminal's code page.
  const flat = encodeFlat({ type: 'signal', action, lot, tp, sl, signal_id });
  if (!flat.ok) return flat;
  const text = JSON.stringify({ type: 'signal', action, symbol, lot, tp, sl, signal_id });
  const bytes = encodeText(text, rules.codePage);
  return bytes === null ? refuse('symbol', 'The field "symbol" is not in the code page.') : { ok: true, text, bytes };
}

export function encodeControl(command: ControlCommand): EncodedFrame {
  const { type, ...rest } = command;
  return encodeFlat({ type, ...rest });
}

/**
 * W1: encodes one flat object in compact JSON and ASCII, without null, exponent notation, quotes or backslashes inside
 * a string. v7 searches the text for `"key":`, so any other form is misread silently; a `null` stop would be read as
 * none.
 */
export function encodeFlat(fields: Readonly<Record<string, unknown>>): EncodedFrame {
  const keys = Object.keys(fields);
  if (keys[0] !== 'type') return refuse('type', 'The field "type" must come first.');
  for (const key of keys) {
    const why = whyNotFlat(fields[key]);
    if (why !== null) return refuse(key, `The field "${key}" ${why}.`);
  }
  const text = JSON.stringify(fields);
  if (text.length > maxCommandFrameBytes) {
    return refuse(
      'type',
      `The frame has ${String(text.length)} bytes; the EA reads at most ${String(maxCommandFrameBytes)}.`,
    );
  }
  return { ok: true, text };
}

function whyNotFlat(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return isAscii(value) && !/["\\]/.test(value) ? null : 'must be ASCII without quotes and backslashes';
    case 'number':
      if (!Number.isFinite(value)) return 'must be a finite number';
      return /e/i.test(String(value)) ? 'would be written with an exponent, which the EA misreads' : null;
    default:
      return 'must be text or a number';
  }
}

function refuse(field: string, reason: string): EncodedFrame {
  return { ok: false, problem: { field, code: 'invalid_frame', reason } };
}
