import type { Command } from 'commander';
import { runPaperEa } from '../../paper/runPaperEa.ts';
import type { Register } from './register.ts';

/** `paper` */
export const register: Register = (program) => {
  program
    .command('paper')
    .description('run a paper EA that connects to --command and --telemetry; stop it with Ctrl+C')
    .allowUnknownOption()
    .allowExcessArguments()
    .helpOption(false)
    .action((_flags: unknown, command: Command) => runPaperEa(command.args));
};
