import { createServer, type AddressInfo } from 'node:net';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { chromiumOptions } from '../chromium.ts';

// The Chromium in which the stand-in's windows are pages.

let browser: Browser | null = null;
let opened: Promise<BrowserContext> | null = null;

export async function openPage(): Promise<Page> {
  opened ??= openContext();
  return (await opened).newPage();
}

export async function closeBrowser(): Promise<void> {
  await browser?.close();
}

async function openContext(): Promise<BrowserContext> {
  // A port that the test can attach to with connectOverCDP.
  const port = await freePort();
  const options = chromiumOptions();
  browser = await chromium.launch({
    ...options,
    args: [...(options.args ?? []), `--remote-debugging-port=${String(port)}`],
  });
  process.stdout.write(`${JSON.stringify({ event: 'window', cdp: `http://127.0.0.1:${String(port)}` })}\n`);
  return browser.newContext({ viewport: { width: 1280, height: 800 } });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
