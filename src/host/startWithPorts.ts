import type { PortAnswer, PortFacts, PortTrouble } from '../api/queries/portTrouble.ts';
import { readConfig } from './config/config.ts';
import { flagFor, placeOf, savePlace } from './config/portPlace.ts';
import { portTroubleWords } from './config/portTroubleWords.ts';
import type { StartOptions } from './config/serveFlags.ts';
import { freePortNear, readTypedPort } from './config/typedPort.ts';
import { PortFailure } from './machine/portFailure.ts';
import { StartFailure } from './machine/startFailure.ts';

/** The window that asks for another port. Quitting ends the process, so it is no answer here. */
export interface PortPage {
  ask: (trouble: PortTrouble) => Promise<Extract<PortAnswer, { do: 'start' | 'again' }>>;
}

/**
 * Starts the app; where a port can't be had, asks a person and starts anew, as often as it takes. A typed port is saved,
 * unless a flag of the start sets it: then it holds for this start alone. A start after a question is disarmed.
 * @param say prints the sentence of each failed start
 * @throws StartFailure and other errors of `start` that another port would not mend
 */
export async function startWithPorts<App>(
  options: StartOptions,
  start: (options: StartOptions) => Promise<App>,
  page: PortPage,
  say: (sentence: string) => void,
): Promise<App> {
  let now = options;
  let asked = false;
  for (;;) {
    try {
      return await start(asked ? { ...now, armed: false } : now);
    } catch (error) {
      if (!(error instanceof PortFailure)) throw error;
      say(error.message);
      now = await askForPort(error.facts, now, page);
      asked = true;
    }
  }
}

/** @returns options of the next start */
async function askForPort(facts: PortFacts, options: StartOptions, page: PortPage): Promise<StartOptions> {
  const { config } = readConfig(options.dataDir);
  const suggestion = facts.reason === 'no_address' ? null : await freePortNear(facts, config, options);
  const words = portTroubleWords(facts, config, options, suggestion, process.platform);
  let refused: string | null = null;
  for (;;) {
    const answer = await page.ask({ ...words, refused });
    if (answer.do === 'again') return options;
    try {
      return await take(answer.typed, facts, options);
    } catch (error) {
      if (!(error instanceof StartFailure)) throw error;
      refused = error.message;
    }
  }
}

/** @throws StartFailure with the sentence about what was typed, or about a file that could not be written */
async function take(typed: string, facts: PortFacts, options: StartOptions): Promise<StartOptions> {
  const { dataDir } = options;
  const read = await readTypedPort(typed, facts, readConfig(dataDir).config, options);
  if ('refused' in read) throw new StartFailure(read.refused);
  const place = placeOf(facts);
  if (flagFor(place, options) !== null) return { ...options, [place.key]: read.value };
  try {
    savePlace(dataDir, place, read.value, Date.now());
  } catch (error) {
    if (error instanceof StartFailure) throw error;
    throw new StartFailure(
      `It could not be saved: ${(error as Error).message}. Look whether the disk of ${dataDir} has room and whether you may write there.`,
    );
  }
  return options;
}
