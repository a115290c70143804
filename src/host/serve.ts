import { fileURLToPath } from 'node:url';
import { forkPaper } from './forkPaper.ts';
import { runUntilStopped } from './runUntilStopped.ts';
import { parseStartOptions } from './serveFlags.ts';
import { startController, type ReadyLine } from './startController.ts';

const rendererDir = fileURLToPath(new URL('../../out/renderer', import.meta.url));

/**
 * `npm run serve`: the controller without a desktop, and its dashboard for the browser. Prints the ready line on
 * stdout and everything else on stderr.
 */
export async function serve(
  argv: readonly string[],
  onReady: (ready: ReadyLine) => void = () => undefined,
): Promise<void> {
  await runUntilStopped(async () => {
    const say = (sentence: string): void => {
      process.stderr.write(`${sentence}\n`);
    };
    const app = await startController(parseStartOptions(argv), {
      launchPaper: forkPaper,
      rendererDir,
      webServer: 'at start',
      say,
    });
    process.stdout.write(`${JSON.stringify(app.ready)}\n`);
    onReady(app.ready);
    return app;
  });
}
