const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Which trading day it is on a bridge: after a jump a new one waits until a minute has passed and figures have come. */
export class ModelDay {
  private today: number;
  private readonly begun: Set<number>;
  private jumpedAt: number | null = null;
  /** The day that the clock has come to by itself, and that has not been measured yet. */
  begins: number | null = null;

  constructor(wall: number) {
    this.today = Math.floor(wall / dayMs);
    this.begun = new Set([this.today]);
  }

  get date(): number {
    return this.today;
  }

  /** Epoch ms. */
  get from(): number {
    return this.today * dayMs;
  }

  /** @param told whether figures have come since the last jump */
  look(wall: number, time: number, told: boolean): void {
    if (this.jumpedAt !== null && time - this.jumpedAt >= minuteMs && told) this.jumpedAt = null;
    this.turn(wall, false);
  }

  jump(wall: number, time: number): void {
    this.jumpedAt = time;
    this.turn(wall, true);
  }

  private turn(wall: number, jumps: boolean): void {
    const now = Math.floor(wall / dayMs);
    if (now > this.today && this.jumpedAt !== null && !(jumps && this.begun.has(now))) return;
    if (now > this.today && this.jumpedAt === null) this.begins = now;
    this.today = now;
    this.begun.add(now);
  }
}
