import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const launchLifeMs = 60 * 60 * 1000;

/**
 * Sessions of browsers (ARCHITECTURE rule 10): a launch token is valid once, within an hour, and is traded for a cookie. The
 * cookie's secret is new at each start and each time the sessions are ended: a program that held the port while the desk was
 * away may have seen the former one.
 */
export class WebSession {
  readonly cookieName: string;
  private secret = newSecret();
  private readonly launches = new Map<string, number>();
  private readonly monotonic: () => number;

  constructor(instance: string, monotonic: () => number) {
    this.cookieName = `bitten_${instance}`;
    this.monotonic = monotonic;
  }

  /** Invalidates every cookie and launch token given out so far. */
  endAll(): void {
    this.secret = newSecret();
    this.launches.clear();
  }

  newLaunchToken(): string {
    const token = randomBytes(24).toString('base64url');
    this.launches.set(digest(token), this.monotonic() + launchLifeMs);
    return token;
  }

  /** Trades a launch token for a Set-Cookie header; null: it is wrong, used or too old. */
  redeem(token: string): string | null {
    const offered = digest(token);
    for (const [known, until] of this.launches) {
      if (!sameText(known, offered)) continue;
      this.launches.delete(known);
      if (this.monotonic() > until) return null;
      return `${this.cookieName}=${this.secret}; HttpOnly; SameSite=Strict; Path=/`;
    }
    return null;
  }

  /** Whether a request's Cookie header carries this instance's cookie. */
  admits(cookieHeader: string | undefined): boolean {
    const prefix = `${this.cookieName}=`;
    const cookies = (cookieHeader ?? '').split(/;\s*/).filter((cookie) => cookie.startsWith(prefix));
    return cookies.some((cookie) => sameText(digest(cookie.slice(prefix.length)), digest(this.secret)));
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Compares two digests in constant time. */
function sameText(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
