/** Result of a search by ID: the order or null, or why the journal can't be read. */
export type LookUp<Found> = { readable: true; found: Found | null } | { readable: false; why: string };

/** @param find throws when the journal can't be read */
export function lookUp<Found>(find: () => Found | null): LookUp<Found> {
  try {
    return { readable: true, found: find() };
  } catch (error) {
    return { readable: false, why: error instanceof Error ? error.message : String(error) };
  }
}

/** The order found; null also when the journal can't be read. */
export function foundIn<Found>(known: LookUp<Found>): Found | null {
  return known.readable ? known.found : null;
}
