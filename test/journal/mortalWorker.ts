import { parentPort } from 'node:worker_threads';
import type { Ask } from '../../src/journal/history/historyCalls.ts';

// The history worker, which dies when it is asked for order -1.

parentPort?.on('message', ({ name, ask }: Ask) => {
  if (name === 'timeline' && ask !== null && 'order' in ask && ask.order === -1) process.exit(1);
});
await import('../../src/journal/history/historyWorker.ts');
