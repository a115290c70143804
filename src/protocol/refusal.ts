/** ARCHITECTURE rule 3: why an order was not sent. */
export type RefusalCode =
  | 'no_ea'
  | 'second_ea'
  | 'stale_telemetry'
  | 'disarmed'
  | 'busy'
  | 'duplicate_id'
  | 'journal_failed'
  | 'invalid_action'
  | 'invalid_symbol'
  | 'invalid_lot'
  | 'invalid_sl'
  | 'invalid_tp'
  | 'invalid_signal_id'
  | 'invalid_frame';

/** `reason` is one sentence for the person who fired, `nextStep` what that person can do. */
export interface Refusal {
  code: RefusalCode;
  reason: string;
  nextStep: string;
}

/** Account figures older than this, in ms, don't let an order out. */
export const staleTelemetryMs = 15_000;

export const refusals = {
  noEa: (channel: 'command' | 'feedback', endpoint: string): Refusal => ({
    code: 'no_ea',
    reason: `No EA is connected to ${endpoint}.`,
    nextStep: `In MT5, attach the EA and set its ${channel} address to this one.`,
  }),
  secondEa: (address: string): Refusal => ({
    code: 'second_ea',
    reason: `A second EA at ${address} tried to connect; trading is stopped.`,
    nextStep: 'Remove the EA that does not belong here from its chart, then press "Resume trading".',
  }),
  staleTelemetry: (ageMs: number | null): Refusal => ({
    code: 'stale_telemetry',
    reason:
      ageMs === null
        ? "The EA has not reported the account's figures since it connected."
        : `The account's figures are ${String(Math.floor(ageMs / 1000))} s old.`,
    nextStep: 'Wait for the Telemetry lamp to turn live, or look in MT5 whether the terminal is connected.',
  }),
  catchingUp: (): Refusal => ({
    code: 'stale_telemetry',
    reason: 'The EA has just connected and what it queued before is still being read.',
    nextStep: 'Fire again in a moment, when the Telemetry lamp is live.',
  }),
  disarmed: (): Refusal => ({
    code: 'disarmed',
    reason: 'The bridge is not armed.',
    nextStep: 'Switch "Armed" on.',
  }),
  busy: (signalId: string): Refusal => ({
    code: 'busy',
    reason: `The EA has not answered order ${signalId} yet, and takes one order at a time.`,
    nextStep: 'Wait for its result, or look in MT5 whether the EA still runs.',
  }),
  duplicateId: (signalId: string): Refusal => ({
    code: 'duplicate_id',
    reason: `Signal ID ${signalId} was already sent, and the EA would trade it a second time.`,
    nextStep: 'Use another ID, or leave the field empty to have one made.',
  }),
  journalFailed: (detail: string): Refusal => ({
    code: 'journal_failed',
    reason: `The order could not be recorded, so it was not sent: ${detail}`,
    nextStep: 'Check the disk that holds the data folder.',
  }),
} as const;

const invalidNextSteps: Partial<Record<RefusalCode, string>> = {
  invalid_symbol: 'Write the symbol as Market Watch in MT5 shows it.',
  invalid_lot: 'Correct the lots.',
  invalid_sl: 'Correct the stop loss.',
  invalid_tp: 'Correct the take profit.',
  invalid_signal_id: 'Correct the ID, or leave the field empty to have one made.',
};

export function invalidRefusal(problem: { code: RefusalCode; reason: string }): Refusal {
  return {
    code: problem.code,
    reason: problem.reason,
    nextStep: invalidNextSteps[problem.code] ?? 'Correct the order and fire again.',
  };
}
