import { defineConfig } from 'vitest/config';

/** Nothing of the platform but the clock: no socket, no process, no file that is written. */
const pure = [
  'test/{base,controller,protocol,renderer}/**/*.test.ts',
  'test/api/!(transports).test.ts',
  'test/electron/trayWords.test.ts',
  'test/journal/parseOrder.test.ts',
  'test/paper/paperEa.test.ts',
];
/** Pure too, but long: floods, models and properties with thousands of runs. `npm test -- --quick` leaves them out. */
const long = [
  'test/controller/model/model.test.ts',
  'test/controller/lifecycle/*.test.ts',
  'test/controller/{feedback,feeds,floods,guards,largeFrames,marginAfter,recorder,goneBridge}.test.ts',
  'test/protocol/{frameObjects,riskCheck,sizing,tradingDay}.test.ts',
];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'quick',
          include: pure,
          exclude: long,
          // Nothing outside of a test is changed by one, so a worker keeps its modules.
          isolate: false,
          testTimeout: 30_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'long',
          include: long,
          isolate: false,
          testTimeout: 60_000,
          maxWorkers: 2,
          // The longest begin first, so that no worker is left alone with one.
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'real',
          include: ['test/**/*.test.ts'],
          exclude: pure,
          testTimeout: 30_000,
          // `npm run torture` takes as long as it takes.
          hookTimeout: process.env['BITTEN_TORTURE'] === 'full' ? 0 : 30_000,
          // Sockets and child processes of several files at once are too much for two cores.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
