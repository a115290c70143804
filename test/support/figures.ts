import type { Database } from 'better-sqlite3';
import { hourMs, minuteMs } from '../../src/journal/rows/samples.ts';

const dayMs = 24 * hourMs;

export interface FiguresInput {
  /** Epoch ms. */
  from: number;
  to: number;
  /** False where nothing is recorded; everywhere, unless told otherwise. */
  recorded?: (at: number) => boolean;
}

/** Minutes and hours of an account's figures on the bridge `main`, in a journal as the app would leave it. */
export function makeFigures(db: Database, { from, to, recorded = () => true }: FiguresInput): void {
  const add = db.prepare(
    `INSERT INTO minutes (bridge, minute, at, account, balance, equity, low, high, margin, messages)
     VALUES ('main', ?, ?, 'paper-001', ?, ?, ?, ?, ?, ?)`,
  );
  const addAll = db.transaction(() => {
    for (let minute = Math.floor(from / minuteMs) * minuteMs; minute < to; minute += minuteMs) {
      if (!recorded(minute)) continue;
      const { balance, equity, margin } = figuresAt(minute);
      add.run(
        minute,
        minute + 59_000,
        balance,
        equity,
        equity - 6,
        equity + 6,
        margin,
        180 + ((minute / minuteMs) % 40),
      );
    }
    // SQLite takes what stands bare from the row that has the only max().
    db.exec(
      `INSERT INTO hours (bridge, hour, at, account, balance, equity, low, high, margin, messages)
       SELECT bridge, minute - minute % ${String(hourMs)}, max(at), account, balance, equity, 0, 0, margin, 0
       FROM minutes GROUP BY 1, 2;
       UPDATE hours SET (low, high, messages) = (
         SELECT min(low), max(high), sum(messages) FROM minutes
         WHERE minutes.bridge = hours.bridge AND minute >= hour AND minute < hour + ${String(hourMs)})`,
    );
  });
  addAll();
}

/** Waves of days and hours: the same figures for the same moment. */
function figuresAt(at: number): { balance: number; equity: number; margin: number } {
  const days = at / dayMs;
  const balance = 10_000 + 40 * Math.floor(days % 60) + 300 * Math.sin(Math.floor(days) / 9);
  const equity = balance + 180 * Math.sin(days * 5) + 90 * Math.sin(days * 61) + 25 * Math.sin(days * 743);
  return { balance, equity, margin: 2_500 + 2_400 * Math.sin(days * 2.3) };
}
