import type { Command } from 'commander';

/** Refuses an option that is given twice, and one beside its own `--no-`. @param except those that take several */
export function onceEach(command: Command, except: readonly string[] = []): void {
  const given = new Map<string, string>();
  for (const option of command.options) {
    const name = option.attributeName();
    if (except.includes(name)) continue;
    command.on(`option:${option.name()}`, () => {
      const before = given.get(name);
      const now = option.long ?? option.flags;
      if (before === now) command.error(`error: ${now} is given twice. Give it once.`);
      if (before !== undefined) command.error(`error: ${before} and ${now} contradict each other. Give one of them.`);
      given.set(name, now);
    });
  }
}
