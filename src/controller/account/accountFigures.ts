import type { EaStatus } from '../../protocol/ea/eaMessages.ts';

/** What any message may tell of the account: a heartbeat, a status report or a trade result is telemetry too (W11). */
export interface AccountFigures {
  uuid?: string | undefined;
  balance?: number | undefined;
  equity?: number | undefined;
  margin?: number | undefined;
  free_margin?: number | undefined;
  profit?: number | undefined;
  positions?: number | undefined;
  trade_allowed?: boolean | undefined;
  currency?: string | undefined;
  leverage?: number | undefined;
  account?: EaStatus['account'];
  server?: string | undefined;
}

/** Figures, and when they came: both clocks start at 0, which `figures` being null makes meaningless. */
export class Reported {
  figures: AccountFigures | null = null;
  at = 0;
  monotonicAt = 0;

  record(figures: AccountFigures, monotonic: number, now: number): void {
    this.figures = figures;
    this.at = now;
    this.monotonicAt = monotonic;
  }
}
