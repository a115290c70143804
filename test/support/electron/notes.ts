/** Tells tests of calls that leave no other trace. */
export function note(call: string): void {
  process.stderr.write(`electron: ${call}\n`);
}
