import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const launchLifeMs = 60 * 60 * 1000;

/**
 * Who may use the dashboard in a browser (ARCHITECTURE rule 10): a launch token is good once and for an hour, and buys
 * a cookie. The cookie's secret lives in the data folder, so that a window survives a restart of the app.
 */
export class WebSession {
  readonly cookieName: string;
  private readonly secret: string;
  private readonly launches = new Map<string, number>();
  private readonly monotonic: () => number;

  constructor(dataDir: string, instance: string, monotonic: () => number) {
    this.cookieName = `bitten_${instance}`;
    this.secret = readOrMakeSecret(join(dataDir, 'web-session.key'));
    this.monotonic = monotonic;
  }

  newLaunchToken(): string {
    const token = randomBytes(24).toString('base64url');
    this.launches.set(digest(token), this.monotonic() + launchLifeMs);
    return token;
  }

  /** The Set-Cookie header that a launch token buys, or null when it is wrong, used or too old. */
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

function readOrMakeSecret(path: string): string {
  try {
    const text = readFileSync(path, 'utf8').trim();
    if (/^[\w-]{43}$/.test(text)) return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secret = randomBytes(32).toString('base64url');
  writeFileSync(path, `${secret}\n`, { mode: 0o600 });
  return secret;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Compares two digests in constant time. */
function sameText(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
