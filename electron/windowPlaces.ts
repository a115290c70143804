import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { windowPlaceSchema, type WindowPlace } from './windowPlace.ts';

const placesSchema = z.object({ desk: windowPlaceSchema.nullable(), ticket: windowPlaceSchema.nullable() });
type Places = z.infer<typeof placesSchema>;
export type WindowName = keyof Places;

export interface WindowPlaces {
  get: (name: WindowName) => WindowPlace | null;
  set: (name: WindowName, place: WindowPlace) => void;
}

/**
 * Places of the windows, in the data folder's windows.json. A failure to read or write loses only a place on the screen, so it is
 * never fatal.
 */
export function openWindowPlaces(dataDir: string, logError: (sentence: string) => void): WindowPlaces {
  const path = join(dataDir, 'windows.json');
  const places = read(path, logError);
  return {
    get: (name) => places[name],
    set: (name, place) => {
      if (JSON.stringify(places[name]) === JSON.stringify(place)) return;
      places[name] = place;
      try {
        writeFileSync(`${path}.new`, `${JSON.stringify(places)}\n`);
        renameSync(`${path}.new`, path);
      } catch (error) {
        logError(`The windows' places can't be kept in ${path}: ${(error as Error).message}`);
      }
    },
  };
}

function read(path: string, logError: (sentence: string) => void): Places {
  try {
    return placesSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const isFirst = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isFirst)
      logError(`The windows' places in ${path} can't be used, so the windows open where they did at first.`);
    return { desk: null, ticket: null };
  }
}
