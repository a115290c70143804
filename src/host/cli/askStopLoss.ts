import { askPerson } from './askPerson.ts';
import { readTyped } from '../config/readTyped.ts';

/** Asks the person at a terminal for the stop loss; 0 is "none". Null: there is no terminal, or it was left without an answer. */
export function askStopLoss(): Promise<number | null> {
  const read = (answer: string): number | undefined => {
    if (answer === 'none') return 0;
    const value = readTyped(answer);
    return value !== null && value > 0 ? value : undefined;
  };
  return askPerson('Stop loss in the unit of the bridge, or "none": ', read, 'Give a number above 0, or "none".');
}
