import type { EaMessage } from './eaMessages.ts';
import type { FrameObject } from './frameObjects.ts';
import type { FramePart } from './framePart.ts';
import { FieldNames, FrameScanner } from './frameScanner.ts';
import { decodeTerminalText } from './terminalText.ts';

// Fast path for telemetry, heartbeats and ticks, which come by the ten thousand. A usual message is read from its
// bytes in less than half the time of its text, JSON and schema, with the same result. Null: something is unusual, and
// the schemas decide.

/** Longest frame of the fast path, bytes. The longest of the three types in known EAs has about 250. */
const longestPlain = 512;

const telemetryNames = new FieldNames(
  ['balance', 'equity', 'margin', 'free_margin', 'profit', 'positions', 'uuid', 'credit'],
  ['type', 'user_uuid', 'account', 'server', 'currency', 'leverage', 'trade_allowed'],
);
const [balanceField, equityField, marginField, freeMarginField, profitField, positionsField, uuidField, creditField] = [
  0, 1, 2, 3, 4, 5, 6, 7,
] as const;
const tickNames = new FieldNames(['bid', 'ask', 'spread', 'volume', 'symbol'], ['type']);
const [bidField, askField, spreadField, volumeField, symbolField] = [0, 1, 2, 3, 4] as const;

const scanner = new FrameScanner();

/** A frame with one usual message. Its text is made on demand. */
class PlainPart implements FramePart {
  readonly decoded: { ok: true; type: string; message: EaMessage };
  readonly about: 'quote' | 'other';
  readonly signalId = null;
  private readonly frame: Uint8Array;

  constructor(type: string, message: EaMessage, about: 'quote' | 'other', frame: Uint8Array) {
    this.decoded = { ok: true, type, message };
    this.about = about;
    this.frame = frame;
  }

  get object(): FrameObject {
    return new PlainObject(decodeTerminalText(this.frame));
  }
}

/** An object whose fields are parsed on demand. */
class PlainObject implements FrameObject {
  readonly word = null;
  readonly json: string;

  constructor(json: string) {
    this.json = json;
  }

  get value(): FrameObject['value'] {
    return JSON.parse(this.json) as FrameObject['value'];
  }
}

/** @returns null: no usual message of the three types */
export function readPlainFrame(frame: Uint8Array): FramePart | null {
  if (frame.length > longestPlain || frame[0] !== 0x7b) return null;
  const type = scanner.begin(frame);
  switch (type) {
    case 'tick':
      return scanner.fields(tickNames, symbolField) ? tickPart(frame) : null;
    case 'telemetry':
    case 'heartbeat':
      return scanner.fields(telemetryNames, uuidField) ? telemetryPart(type, frame) : null;
    default:
      return null;
  }
}

function tickPart(frame: Uint8Array): PlainPart | null {
  const symbol = scanner.text;
  const bid = scanner.number(bidField);
  const ask = scanner.number(askField);
  const spread = scanner.number(spreadField);
  if (symbol === undefined || symbol.length > 64 || bid === undefined || ask === undefined) return null;
  if (spread !== undefined && spread < 0) return null;
  const body = { symbol, bid, ask, spread, volume: scanner.number(volumeField) };
  return new PlainPart('tick', { kind: 'tick', body }, 'quote', frame);
}

function telemetryPart(type: string, frame: Uint8Array): PlainPart | null {
  const uuid = scanner.text;
  const balance = scanner.number(balanceField);
  const equity = scanner.number(equityField);
  const positions = scanner.number(positionsField);
  if (balance === undefined || equity === undefined || uuid?.includes(' ') === true) return null;
  if (positions !== undefined && !(Number.isSafeInteger(positions) && positions >= 0)) return null;
  const body = {
    uuid,
    balance,
    equity,
    margin: scanner.number(marginField),
    free_margin: scanner.number(freeMarginField),
    profit: scanner.number(profitField),
    positions,
    credit: scanner.number(creditField),
  };
  return new PlainPart(type, { kind: 'telemetry', body }, 'other', frame);
}
