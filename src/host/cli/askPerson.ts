import { createInterface } from 'node:readline/promises';
import { visibleLines } from '../../base/visibleText.ts';

/** Whether there is a person who can be asked. */
export function atTerminal(input = process.stdin, output = process.stderr): boolean {
  return input.isTTY && output.isTTY;
}

/** Prints text for a person; control characters are made visible, so that text from outside can't steer the terminal. */
export function show(text: string): void {
  process.stderr.write(visibleLines(`${text}\n`));
}

/**
 * Asks until the answer can be read.
 * @param read value of an answer; undefined: not understood
 * @param hint printed after an answer that was not understood
 * @returns null: there is no terminal, or the input ended without an answer
 */
export async function askPerson<Value>(
  question: string,
  read: (answer: string) => Value | undefined,
  hint: string,
): Promise<Value | null> {
  const { stdin: input, stderr: output } = process;
  if (!atTerminal()) return null;
  const terminal = createInterface({ input, output, prompt: question });
  try {
    terminal.prompt();
    for await (const answer of terminal) {
      const value = read(answer.trim().toLowerCase());
      if (value !== undefined) return value;
      output.write(`${hint}\n`);
      terminal.prompt();
    }
    return null;
  } finally {
    terminal.close();
  }
}

/** Asks for yes or no; an empty or missing answer is no. */
export async function askYes(question: string): Promise<boolean> {
  const read = (answer: string): boolean | undefined =>
    answer === 'y' || answer === 'yes' ? true : ['', 'n', 'no'].includes(answer) ? false : undefined;
  return (await askPerson(`${question} [y/N] `, read, 'Say y or n.')) ?? false;
}
