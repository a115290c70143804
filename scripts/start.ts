import './compileCache.ts';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { electronRuntime, fetchElectronRuntime } from './electronRuntime.ts';
import { ensureBuild } from './ensureBuild.ts';

// `npm start` and `npm run demo`: the desktop app, or the same dashboard in the browser where there can be none.

const flags = process.argv.slice(2);
await ensureBuild();
const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
const runtime = hasDisplay ? (electronRuntime() ?? (await fetchElectronRuntime())) : null;

if (runtime === null) {
  const why = hasDisplay ? 'The Electron runtime is missing and cannot be fetched' : 'There is no display';
  process.stderr.write(`${why}, so the same dashboard is served to the browser.\n`);
  const { serve } = await import('../src/host/serve.ts');
  await serve(flags, ({ dashboard }) => {
    if (dashboard === null) return;
    process.stderr.write(`Open ${dashboard}\n`);
    if (hasDisplay) openInBrowser(dashboard);
  });
} else {
  const app = spawn(runtime, ['.', ...flags], { cwd: join(import.meta.dirname, '..'), stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.kill(signal));
  app.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

function openInBrowser(url: string): void {
  const opener = spawn(
    openerOf(process.platform),
    process.platform === 'win32' ? ['url.dll,FileProtocolHandler', url] : [url],
    {
      stdio: 'ignore',
      detached: true,
    },
  );
  // The terminal shows the link anyway.
  opener.on('error', () => undefined);
  opener.unref();
}

function openerOf(platform: NodeJS.Platform): string {
  if (platform === 'win32') return 'rundll32';
  return platform === 'darwin' ? 'open' : 'xdg-open';
}
