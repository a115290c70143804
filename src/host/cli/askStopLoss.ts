import { createInterface } from 'node:readline/promises';

const question = 'Stop loss in the unit of the bridge, or "none": ';

/** Asks the person at a terminal for the stop loss; 0 is "none". Null: there is no terminal, or it was left without an answer. */
export async function askStopLoss(input = process.stdin, output = process.stderr): Promise<number | null> {
  if (!input.isTTY || !output.isTTY) return null;
  const terminal = createInterface({ input, output, prompt: question });
  try {
    terminal.prompt();
    for await (const answer of terminal) {
      if (answer.trim().toLowerCase() === 'none') return 0;
      const value = Number(answer);
      if (answer.trim() !== '' && Number.isFinite(value) && value > 0) return value;
      output.write('Give a number above 0, or "none".\n');
      terminal.prompt();
    }
    return null;
  } finally {
    terminal.close();
  }
}
