import { exitCodes } from './exitCodes.ts';
import type { Register } from './register.ts';
import { withApp } from './withApp.ts';

/** `arm` and `disarm` */
export const register: Register = (program, options) => {
  for (const [name, description] of [
    ['arm', 'let orders out on a bridge'],
    ['disarm', 'refuse orders on a bridge'],
  ] as const) {
    program
      .command(name)
      .description(description)
      .option('--bridge <id>', 'which bridge; the only one when left out')
      .action((flags: { bridge?: string }) =>
        withApp(options(), async (client, { print, onlyBridge }) => {
          const bridge = flags.bridge ?? (await onlyBridge());
          await client.call(name, { bridge });
          print({ bridge, armed: name === 'arm' }, `Bridge ${bridge} is ${name}ed.`);
          return exitCodes.done;
        }),
      );
  }
};
