import { existsSync } from 'node:fs';
import { chromium, type LaunchOptions } from '@playwright/test';

/** Where Debian's package `chromium` puts it. */
export const debianChromium = '/usr/bin/chromium';

/**
 * How this machine's Chromium is started: its own, else the one that Playwright has installed.
 * @param more further arguments
 */
export function chromiumOptions(more: readonly string[] = []): LaunchOptions {
  const executablePath =
    process.env['BITTEN_CHROMIUM'] ?? (existsSync(debianChromium) ? debianChromium : chromium.executablePath());
  return {
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  };
}
