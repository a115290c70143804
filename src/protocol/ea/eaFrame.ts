import type { z } from 'zod';
import { candleBatchSchema } from './candleBatch.ts';
import {
  pongSchema,
  statusReportSchema,
  statusSchema,
  telemetrySchema,
  tickSchema,
  type EaMessage,
  type EaMessageKind,
} from './eaMessages.ts';
import { confirmationSchema, eaErrorSchema, tradeResultSchema } from './resultMessages.ts';
import { readEaError, readTradeResult, type ExecutionReport } from './executionReport.ts';
import type { DecodedFrame, FramePart } from './framePart.ts';
import type { CodePage } from './codePage.ts';
import {
  closeOnlyToldSchema,
  dealSchema,
  helloSchema,
  ordersSchema,
  positionsSchema,
  reconciledSchema,
  symbolToldSchema,
} from '../protocol8/reports.ts';
import { plainResult, plainTelemetry, plainTick } from './plainMessages.ts';
import { readPlainFrame } from './plainFrame.ts';
import { maxPlainBytes, type LargeFrame } from './largeFrame.ts';
import { withExactDigits } from './exactDigits.ts';
import { readFrameObjects, type FrameContent, type FrameObject } from './frameObjects.ts';
import { decodeTerminalText } from './terminalText.ts';
import { visible } from '../../base/visibleText.ts';

/** Longest frame that is read, bytes. EAs' largest are candle batches of a few dozen KiB. */
export const maxEaFrameBytes = 1024 * 1024;

interface MessageType {
  kind: EaMessageKind;
  schema: z.ZodType;
  /** Reads the usual messages of this type faster than the schema; null: an unusual one, left to the schema. */
  plain?: (fields: FrameObject['value']) => unknown;
}

const telemetry: MessageType = { kind: 'telemetry', schema: telemetrySchema, plain: plainTelemetry };
const messageTypes = new Map<string, MessageType>([
  ['telemetry', telemetry],
  ['heartbeat', telemetry],
  ['trade_result', { kind: 'trade_result', schema: tradeResultSchema, plain: plainResult }],
  ['confirmation', { kind: 'trade_result', schema: confirmationSchema }],
  ['error', { kind: 'error', schema: eaErrorSchema }],
  ['status', { kind: 'status', schema: statusSchema }],
  ['status_report', { kind: 'status_report', schema: statusReportSchema }],
  ['pong', { kind: 'pong', schema: pongSchema }],
  ['tick', { kind: 'tick', schema: tickSchema, plain: plainTick }],
  ['candle_batch', { kind: 'candle_batch', schema: candleBatchSchema }],
  ['hello', { kind: 'hello', schema: helloSchema }],
  ['reconciled', { kind: 'reconciled', schema: reconciledSchema }],
  ['symbol', { kind: 'symbol', schema: symbolToldSchema }],
  ['close_only', { kind: 'close_only', schema: closeOnlyToldSchema }],
  ['positions', { kind: 'positions', schema: positionsSchema }],
  ['orders', { kind: 'orders', schema: ordersSchema }],
  ['deal', { kind: 'deal', schema: dealSchema }],
]);

const readableSignalId = /"(?:signal_id|fire_id)"\s*:\s*"([A-Za-z0-9_.-]{1,31})"/;
/** Kinds of messages that tell of an order and are no answer to it. */
const isNoAnswer = new Set<EaMessageKind | undefined>(['positions', 'orders', 'deal']);
const namedType = /"type"\s*:\s*"(\w{1,40})"/;

/**
 * Reads one frame from an EA by rules W10–W13. Never throws: an unreadable part comes back with a sentence that says
 * why. Unknown keys are dropped, types are compared without case, and an account object without a type (W12) is
 * telemetry. Several objects in one frame are several messages.
 */
export function readEaFrame(frame: Uint8Array, codePage?: CodePage): readonly [FramePart, ...FramePart[]] {
  const plain = readPlainFrame(frame);
  if (plain !== null) return [plain];
  if (frame.length > maxEaFrameBytes) return [refusedFrame(frame.length, null, 'other')];
  return readEaText(decodeTerminalText(frame, codePage));
}

/** Reads the text of a frame. */
export function readEaText(text: string): readonly [FramePart, ...FramePart[]] {
  const [first, ...others] = readFrameObjects(text);
  return others.length === 0 ? [readPart(first)] : [readPart(first), ...others.map(readPart)];
}

/**
 * Part for a frame that is too long to be read.
 * @param size of the frame, bytes
 * @param signalId the order that it names; null: none
 */
export function refusedFrame(size: number, signalId: string | null, kind: LargeFrame['kind']): FramePart {
  const most = kind === 'other' ? maxPlainBytes : maxEaFrameBytes;
  const reason =
    size > most
      ? `The frame has ${String(size)} bytes; at most ${String(size > maxEaFrameBytes ? maxEaFrameBytes : most)} are read.`
      : `The frame has ${String(size)} bytes, and more of that size came in one second than are read.`;
  const about = kind === 'other' ? 'other' : kind === 'result' ? 'result' : 'quote';
  return {
    decoded: { ok: false, reason, signalId },
    about: signalId === null ? about : 'result',
    signalId,
    object: null,
  };
}

/** Reads the first message of a frame. */
export function decodeEaFrame(frame: Uint8Array, codePage?: CodePage): DecodedFrame {
  return readEaFrame(frame, codePage)[0].decoded;
}

function readPart(content: FrameContent): FramePart {
  if ('problem' in content) return asUnreadable(content.problem, content.text);
  const { value, word, json } = content;
  const typeName = typeOf(value, word);
  const type = typeName === null ? undefined : messageTypes.get(typeName);
  const about = aboutOf(type?.kind);
  const fails = (reason: string): FramePart => {
    const decoded = unreadable(reason, json, type?.kind);
    return { decoded, about, signalId: decoded.signalId, object: content };
  };
  if (typeName === null) return fails('The frame has no "type" and is not an account.');
  if (type === undefined) return fails(`The frame's type "${clip(typeName)}" is not one that EAs are known to send.`);
  const reads = (body: unknown): FramePart => {
    const message = { kind: type.kind, body } as EaMessage;
    const report = reportIn(message);
    const decoded = { ok: true, type: typeName, message, ...(report === null ? {} : { report }) } as const;
    return { decoded, about, signalId: signalIdIn(message), object: content };
  };
  const plain = type.plain?.(value) ?? null;
  if (plain !== null) return reads(plain);
  const parsed = type.schema.safeParse(withExactDigits(value, json));
  if (!parsed.success) return fails(`The ${typeName} frame can't be used: ${firstIssue(parsed.error)}.`);
  return reads(parsed.data);
}

function reportIn({ kind, body }: EaMessage): ExecutionReport | null {
  if (kind === 'trade_result') return readTradeResult(body);
  return kind === 'error' ? readEaError(body) : null;
}

function signalIdIn({ kind, body }: EaMessage): string | null {
  return kind === 'trade_result' || kind === 'error' ? body.signal_id : null;
}

function typeOf(value: FrameObject['value'], word: string | null): string | null {
  const type = value['type'] ?? word ?? undefined;
  if (typeof type === 'string') return messageTypes.has(type) ? type : type.toLowerCase();
  return type === undefined && 'balance' in value && 'equity' in value ? 'telemetry' : null;
}

function aboutOf(kind: EaMessageKind | undefined): FramePart['about'] {
  if (kind === 'trade_result' || kind === 'error') return 'result';
  return kind === 'tick' || kind === 'candle_batch' ? 'quote' : 'other';
}

function asUnreadable(reason: string, text: string): FramePart {
  const kind = messageTypes.get((namedType.exec(text)?.[1] ?? '').toLowerCase())?.kind;
  const decoded = unreadable(reason, text, kind);
  const about = aboutOf(kind);
  const { signalId } = decoded;
  return { decoded, about: signalId === null ? about : 'result', signalId, object: null };
}

function unreadable(reason: string, text: string, kind: EaMessageKind | undefined): DecodedFrame & { ok: false } {
  const signalId = isNoAnswer.has(kind) ? null : (readableSignalId.exec(text)?.[1] ?? null);
  return { ok: false, reason: visible(reason), signalId };
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
