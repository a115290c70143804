import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LaunchPaper } from './paperBridge.ts';

const paperMain = fileURLToPath(new URL('../../paper/main.ts', import.meta.url));

/** The paper EA as a child process of Node. It ends with this process, whatever ends that. */
export const forkPaper: LaunchPaper = (flags, onExit) => {
  const child = fork(paperMain, flags, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
  const ended = new Promise<void>((resolve) => {
    const end = (code: number | null): void => {
      resolve();
      onExit(code);
    };
    child.once('exit', end);
    // It could not be started, or a word didn't reach it: then 'exit' may never come.
    child.on('error', () => {
      if (child.pid === undefined) end(null);
    });
  });
  return {
    setFault: (fault) => child.send({ type: 'fault', fault }, () => undefined),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
