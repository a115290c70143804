import type { EaStatus } from '../../protocol/ea/eaMessages.ts';

/** Account figures of any message: heartbeats, status reports and trade results are telemetry too (W11). */
export interface AccountFigures {
  uuid?: string | undefined;
  balance?: number | undefined;
  equity?: number | undefined;
  margin?: number | undefined;
  free_margin?: number | undefined;
  profit?: number | undefined;
  credit?: number | undefined;
  positions?: number | undefined;
  trade_allowed?: boolean | undefined;
  currency?: string | undefined;
  leverage?: number | undefined;
  account?: EaStatus['account'];
  server?: string | undefined;
}

/** Figures with the time of their arrival by both clocks; the times mean nothing while `figures` is null. */
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
