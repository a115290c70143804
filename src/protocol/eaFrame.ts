import type { z } from 'zod';
import {
  candleBatchSchema,
  confirmationSchema,
  eaErrorSchema,
  pongSchema,
  statusReportSchema,
  statusSchema,
  telemetrySchema,
  tickSchema,
  tradeResultSchema,
  type EaMessage,
  type EaMessageKind,
} from './eaMessages.ts';
import { decodeTerminalText } from './terminalText.ts';

/** The longest frame that is read, in bytes. The largest that EAs send are candle batches of a few dozen KiB. */
export const maxEaFrameBytes = 1024 * 1024;

export type DecodedFrame =
  /** `type`: what it calls itself, in lower case. */
  | { ok: true; type: string; message: EaMessage }
  /** `signalId`: the order that an unreadable frame speaks of, where its text still shows that. */
  | { ok: false; reason: string; signalId: string | null };

interface MessageType {
  kind: EaMessageKind;
  schema: z.ZodType;
}

const messageTypes = new Map<string, MessageType>([
  ['telemetry', { kind: 'telemetry', schema: telemetrySchema }],
  ['heartbeat', { kind: 'telemetry', schema: telemetrySchema }],
  ['trade_result', { kind: 'trade_result', schema: tradeResultSchema }],
  ['confirmation', { kind: 'trade_result', schema: confirmationSchema }],
  ['error', { kind: 'error', schema: eaErrorSchema }],
  ['status', { kind: 'status', schema: statusSchema }],
  ['status_report', { kind: 'status_report', schema: statusReportSchema }],
  ['pong', { kind: 'pong', schema: pongSchema }],
  ['tick', { kind: 'tick', schema: tickSchema }],
  ['candle_batch', { kind: 'candle_batch', schema: candleBatchSchema }],
]);

const leadingWord = /^\s*([A-Za-z]\w*)\s*(?=\{)/;
const readableSignalId = /"(?:signal_id|fire_id)"\s*:\s*"([A-Za-z0-9_.-]{1,31})"/;

/**
 * Reads one frame from an EA by rules W10–W13. Never throws: what can't be read comes back with a sentence that
 * says why. Unknown keys are dropped, types are compared without regard to case, and an account object
 * without a type (W12) is telemetry.
 */
export function decodeEaFrame(frame: Uint8Array): DecodedFrame {
  if (frame.length > maxEaFrameBytes) {
    return unreadable(`The frame has ${String(frame.length)} bytes; at most ${String(maxEaFrameBytes)} are read.`);
  }
  const text = decodeTerminalText(frame);
  const word = text.charCodeAt(0) === 0x7b ? null : leadingWord.exec(text);
  let value: unknown;
  try {
    value = JSON.parse(word === null ? text : text.slice(word[0].length));
  } catch (error) {
    if (text.trim() === '') return unreadable('The frame is empty.');
    return unreadable(`The frame is not valid JSON: ${(error as SyntaxError).message}.`, text);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return unreadable('The frame is JSON, but not an object.', text);
  }
  const typeName = typeOf(value as Record<string, unknown>, word?.[1]);
  if (typeName === null) return unreadable('The frame has no "type" and is not an account.', text);
  const type = messageTypes.get(typeName);
  if (type === undefined)
    return unreadable(`The frame's type "${clip(typeName)}" is not one that EAs are known to send.`, text);

  const parsed = type.schema.safeParse(value);
  if (!parsed.success) return unreadable(`The ${typeName} frame can't be used: ${firstIssue(parsed.error)}.`, text);
  return { ok: true, type: typeName, message: { kind: type.kind, body: parsed.data } as EaMessage };
}

function typeOf(value: Record<string, unknown>, word: string | undefined): string | null {
  const type = value['type'] ?? word;
  if (typeof type === 'string') return messageTypes.has(type) ? type : type.toLowerCase();
  return type === undefined && 'balance' in value && 'equity' in value ? 'telemetry' : null;
}

function unreadable(reason: string, text = ''): DecodedFrame {
  return { ok: false, reason, signalId: readableSignalId.exec(text)?.[1] ?? null };
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'it has an unexpected form';
  const field = issue.path.length === 0 ? 'the object' : `"${issue.path.join('.')}"`;
  return `${field}: ${issue.message.replace(/^Invalid input: /, '')}`;
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
