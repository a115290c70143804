import { fileURLToPath } from 'node:url';
import { forkPaper } from './bridges/forkPaper.ts';
import { openLastGuard } from './machine/lastGuard.ts';
import { runUntilStopped } from './runUntilStopped.ts';
import { parseStartOptions } from './config/serveFlags.ts';
import { openStandardStreams } from './machine/standardStreams.ts';
import type { ReadyLine } from './runningApp.ts';
import { startController } from './startController.ts';

const rendererDir = fileURLToPath(new URL('../../out/renderer', import.meta.url));
const eaDir = fileURLToPath(new URL('../../mt5', import.meta.url));

/**
 * `npm run serve`: the controller without a desktop, and its dashboard for the browser. Prints the ready line on
 * stdout and everything else on stderr.
 */
export async function serve(
  argv: readonly string[],
  onReady: (ready: ReadyLine) => void = () => undefined,
): Promise<void> {
  const { say, print } = openStandardStreams();
  const lastGuard = openLastGuard({
    say,
    end: (sentence) => {
      say(sentence);
      process.exit(1);
    },
  });
  await runUntilStopped(async () => {
    const app = await startController(parseStartOptions(argv), {
      launchPaper: forkPaper,
      rendererDir,
      eaDir,
      webServer: 'at start',
      say,
    });
    lastGuard.protect(app.guarded);
    print(JSON.stringify(app.ready));
    onReady(app.ready);
    return app;
  }, say);
}
