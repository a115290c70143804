import { exitCodes } from './exitCodes.ts';
import type { Register } from './register.ts';
import { withApp } from './withApp.ts';

/** `kill` and `release` */
export const register: Register = (program, options) => {
  for (const [name, description, said] of [
    ['kill', 'kill switch: stop every buy and sell at once, on all bridges, until it is released', 'on'],
    ['release', 'release the kill switch; bridges are armed by themselves', 'released'],
  ] as const) {
    program
      .command(name)
      .description(description)
      .action(() =>
        withApp(options(), async (client, { print }) => {
          await client.call(name, null);
          print({ killSwitch: name === 'kill' }, `The kill switch is ${said}.`);
          return exitCodes.done;
        }),
      );
  }
};
