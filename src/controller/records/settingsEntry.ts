import { changedProperties } from '../../base/changedProperties.ts';
import type { Actor, JournalEntry } from '../ports/journalEntry.ts';

/**
 * The entry of changed settings, with the values as they were.
 * @param bridge null: settings of the app
 */
export function settingsEntry<T extends object>(
  bridge: string | null,
  by: Actor,
  known: T,
  wanted: Partial<T>,
): JournalEntry {
  const changes = changedProperties(known, wanted);
  const before = Object.fromEntries(Object.entries(known).filter(([key]) => key in changes));
  return { type: 'settings', bridge, by, changes, before };
}
