import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy } from '../src/host/servers/contentSecurityPolicy.ts';

const scheme = 'bitten';
const host = 'desk';
export const appUrl = `${scheme}://${host}/index.html`;

/** Whether a URL is the app's own page. Node's URL has no origin for custom schemes, so the parts are compared. */
export function isAppUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol === `${scheme}:` && parsed.host === host;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Registers the scheme; must be called before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built renderer's files, and no others, under `bitten://desk/`. */
export function serveAppScheme(rendererDir: string): void {
  protocol.handle(scheme, async ({ url }) => {
    try {
      const { pathname } = new URL(url);
      const path = normalize(join(rendererDir, decodeURIComponent(pathname)));
      const type = types[extname(path)];
      if (!isAppUrl(url) || type === undefined || !path.startsWith(rendererDir + sep)) return notFound();
      const headers = { 'Content-Type': type, 'Content-Security-Policy': contentSecurityPolicy() };
      return new Response(await readFile(path), { headers });
    } catch {
      // No such file, or an undecodable address.
      return notFound();
    }
  });
}

function notFound(): Response {
  return new Response('There is nothing here.', { status: 404 });
}
