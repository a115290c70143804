import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type { LaunchPaper } from '../src/host/bridges/paperBridge.ts';

/** The paper EA in one of Electron's utility processes. It ends with the app. */
export function utilityPaper(outDir: string): LaunchPaper {
  return (flags, onExit) => {
    const child = utilityProcess.fork(join(outDir, 'main', 'paper.js'), flags, {
      serviceName: 'Paper EA',
      stdio: 'ignore',
    });
    const ended = new Promise<void>((resolve) => {
      child.once('exit', (code) => {
        resolve();
        onExit(code);
      });
      // Its exit follows.
      child.on('error', () => undefined);
    });
    return {
      setFault: (fault) => {
        child.postMessage({ type: 'fault', fault });
      },
      stop: async () => {
        child.kill();
        await ended;
      },
    };
  };
}
