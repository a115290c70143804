import type { Command } from 'commander';

const words = new Map([
  ...['1', 'true', 'yes', 'on'].map((word) => [word, true] as const),
  ...['0', 'false', 'no', 'off', ''].map((word) => [word, false] as const),
]);

/**
 * Reads flags without a value from the environment, as yes or no. Left to the library, `BITTEN_ARMED=false` would arm.
 * @param command already parsed; it ends the process when a word is neither yes nor no
 */
export function readSwitches(command: Command, environment: NodeJS.ProcessEnv = process.env): void {
  for (const option of command.options) {
    if (option.envVar === undefined || option.required || option.optional) continue;
    const name = option.attributeName();
    if (command.getOptionValueSource(name) !== 'env') continue;
    const said = environment[option.envVar] ?? '';
    const on = words.get(said.trim().toLowerCase());
    if (on === undefined)
      command.error(`error: ${option.envVar} is "${said}", which is neither yes nor no. Write 1 or 0.`);
    command.setOptionValueWithSource(name, on !== option.negate, 'env');
  }
}
