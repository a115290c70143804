import type { Command8 } from '../protocol/protocol8/commands.ts';

/** The report of an order. */
export type Report = { type: 'trade_result' | 'error'; signal_id: string } & Record<string, unknown>;
export type Entry = Extract<Command8, { type: 'signal' }>;

/** The report of an order that was not carried out. */
export function failed(id: string, code: string, error: string): Report {
  return { type: 'error', signal_id: id, code, error };
}
