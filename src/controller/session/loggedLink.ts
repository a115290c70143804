import type { ControlCommand } from '../../protocol/ea/commandFrame.ts';
import type { CommandLink, CommandSummary, Link } from '../ports/link.ts';
import type { FrameLog } from './frameLog.ts';

const utf8 = new TextEncoder();

/** Wraps a link so that every frame its socket takes is in the wire log. */
export function loggedLink(link: Link, wire: FrameLog, now: () => number): CommandLink {
  return {
    get endpoints() {
      return link.endpoints;
    },
    get patterns() {
      return link.patterns;
    },
    send: async (frame, summary, still) => {
      const taken = await link.send(frame, still);
      if (!taken) return false;
      const bytes = typeof frame === 'string' ? utf8.encode(frame) : frame;
      wire.add(bytes, { channel: 'command', direction: 'out', history: false, ...summary }, now());
      return true;
    },
  };
}

/** S8: logs an acknowledgement on the feedback socket. */
export function logReply(wire: FrameLog, text: string, signalId: string | null, at: number): void {
  wire.add(
    utf8.encode(text),
    { channel: 'feedback', direction: 'out', kind: 'ack', note: null, history: false, signalId },
    at,
  );
}

/** Summary of a command that is no order. */
export function summaryOf(command: ControlCommand): CommandSummary {
  const note = command.type === 'command' ? command.command : command.type === 'config' ? command.param : null;
  return { kind: command.type, note, signalId: null };
}
