import type { Tick } from '../../protocol/ea/eaMessages.ts';

/** Consecutive contradicting ticks that put a symbol's point in doubt. */
const disagreeing = 3;
/** Ticks after which a decimal never used doesn't exist. */
const enoughTicks = 50;
/** Largest deviation of a spread from a whole number of points; beyond it the spread is in another unit. */
const tolerance = 0.2;

/**
 * Checks a symbol's point by its ticks: (ask − bid) / spread, a power of ten (W11). It must fit the decimals of the
 * prices; otherwise stops in points would mean another distance.
 */
export class PointCheck {
  private derived: number | null = null;
  private mostDigits = 0;
  private ticks = 0;
  private streak = 0;
  private lastProblem: string | null = null;
  private lastBid = 0;
  private lastAsk = 0;

  /** Decimals that the EA writes this symbol's prices with. */
  get digits(): number {
    return this.mostDigits;
  }

  get point(): number | null {
    return this.derived;
  }

  /** Why the point is in doubt, as the end of a sentence; null: it is not. */
  get doubt(): string | null {
    return this.streak >= disagreeing ? this.lastProblem : null;
  }

  see({ bid, ask, spread }: Tick): void {
    if (bid === this.lastBid && ask === this.lastAsk) return;
    this.lastBid = bid;
    this.lastAsk = ask;
    this.ticks += 1;
    this.mostDigits = Math.max(this.mostDigits, decimals(bid), decimals(ask));
    if (spread === undefined || spread <= 0 || ask <= bid) return;
    const point = (ask - bid) / spread;
    const exponent = Math.round(Math.log10(point));
    const problem = this.problem(point, exponent);
    this.streak = problem === null ? 0 : this.streak + 1;
    this.lastProblem = problem;
    // A single odd tick changes nothing.
    if (problem === null || this.derived === null || this.streak >= disagreeing) {
      this.derived = Number(`1e${String(exponent)}`);
    }
  }

  private problem(point: number, exponent: number): string | null {
    const power = 10 ** exponent;
    if (Math.abs(point / power - 1) > tolerance) {
      return `by its spread a point would be ${shown(point)}, which is no power of ten.`;
    }
    if (-exponent < this.mostDigits) {
      return `by its spread a point is ${shown(power)}, but its prices have ${String(this.mostDigits)} decimals.`;
    }
    if (this.ticks >= enoughTicks && -exponent > this.mostDigits) {
      return `by its spread a point is ${shown(power)}, but its prices have only ${String(this.mostDigits)} decimals.`;
    }
    return null;
  }
}

function shown(value: number): string {
  return value.toPrecision(3).replace(/\.?0+$/, '');
}

/** Decimals of a price. MT5 writes at most 8; further ones come from floating-point sums. */
function decimals(price: number): number {
  const text = price.toFixed(8).replace(/0+$/, '');
  return text.length - text.indexOf('.') - 1;
}
