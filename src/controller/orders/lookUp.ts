/** What is known under an ID: what was found, null when there is nothing, or why the journal can't say. */
export type LookUp<Found> = { readable: true; found: Found | null } | { readable: false; why: string };

/** @param find throws where the journal can't be read */
export function lookUp<Found>(find: () => Found | null): LookUp<Found> {
  try {
    return { readable: true, found: find() };
  } catch (error) {
    return { readable: false, why: error instanceof Error ? error.message : String(error) };
  }
}

/** What was found; null too where the journal can't say. */
export function foundIn<Found>(known: LookUp<Found>): Found | null {
  return known.readable ? known.found : null;
}
