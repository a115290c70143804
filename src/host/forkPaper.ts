import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LaunchPaper } from './paperBridge.ts';

const paperMain = fileURLToPath(new URL('../paper/main.ts', import.meta.url));

/** The paper EA as a child process of Node. It ends with this process, whatever ends that. */
export const forkPaper: LaunchPaper = (flags, onExit) => {
  const child = fork(paperMain, flags, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code) => {
      onExit(code);
      resolve();
    });
  });
  return {
    setFault: (fault) => child.send({ type: 'fault', fault }),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
