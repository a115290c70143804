import type { WireEntry, FrameLog } from './frameLog.ts';
import type { CommandFrame, Link } from '../ports/link.ts';

/** The part of a bridge's link that sends. */
export type CommandLink = Pick<Link, 'send' | 'endpoints' | 'patterns'>;

const utf8 = new TextEncoder();

/** The same link, with everything that its socket has taken in the wire log. */
export function loggedLink(link: Link, wire: FrameLog, now: () => number): CommandLink {
  return {
    get endpoints() {
      return link.endpoints;
    },
    get patterns() {
      return link.patterns;
    },
    send: async (frame, still) => {
      const taken = await link.send(frame, still);
      if (taken) wire.add(typeof frame === 'string' ? utf8.encode(frame) : frame, commandEntry(frame), now());
      return taken;
    },
  };
}

/** S8: an answer on the feedback socket. */
export function logReply(wire: FrameLog, text: string, signalId: string | null, at: number): void {
  wire.add(
    utf8.encode(text),
    { channel: 'feedback', direction: 'out', kind: 'ack', note: null, history: false, signalId },
    at,
  );
}

function commandEntry(frame: CommandFrame): WireEntry {
  // But for a symbol, each byte is a character of its own.
  const text = typeof frame === 'string' ? frame : Array.from(frame, (byte) => String.fromCharCode(byte)).join('');
  const { type, action, command, param, signal_id } = fieldsOf(text);
  const signalId = signal_id ?? null;
  const note = action ?? command ?? param ?? null;
  return { channel: 'command', direction: 'out', kind: type ?? 'command', note, history: false, signalId };
}

/** The texts of a flat command: none has a quotation mark inside (W1). */
function fieldsOf(text: string): Record<string, string | undefined> {
  const fields: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/"(\w+)":"([^"]*)"/g)) fields[name] = value;
  return fields;
}
