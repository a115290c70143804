import type { Link } from './ports.ts';
import type { WireEntry, WireLog } from './wireLog.ts';

/** The way out of a bridge. */
export type CommandLink = Pick<Link, 'send' | 'endpoints' | 'patterns'>;

const utf8 = new TextEncoder();

/** The same link, with everything that its socket has taken in the wire log. */
export function loggedLink(link: Link, wire: WireLog, now: () => number): CommandLink {
  return {
    get endpoints() {
      return link.endpoints;
    },
    get patterns() {
      return link.patterns;
    },
    send: async (text, still) => {
      const taken = await link.send(text, still);
      if (taken) wire.add(utf8.encode(text), commandEntry(text), now());
      return taken;
    },
  };
}

/** S8: an answer on the feedback socket. */
export function logReply(wire: WireLog, text: string, signalId: string | null, at: number): void {
  wire.add(
    utf8.encode(text),
    { channel: 'feedback', direction: 'out', kind: 'ack', note: null, history: false, signalId },
    at,
  );
}

function commandEntry(text: string): WireEntry {
  const { type, action, command, param, signal_id } = JSON.parse(text) as Record<string, string | undefined>;
  const signalId = signal_id ?? null;
  const note = action ?? command ?? param ?? null;
  return { channel: 'command', direction: 'out', kind: type ?? 'command', note, history: false, signalId };
}
