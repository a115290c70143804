import { compareEaVersions } from '../../protocol/protocol8/ownEa.ts';
import type { BridgeState } from '../state/state.ts';

/** The desk's own EA in another version than the one that comes with the desk. */
export interface EaVersionGap {
  /** Otherwise the desk is the older one. */
  isEaOlder: boolean;
  reason: string;
  nextStep: string;
}

/**
 * Compares the version of a bridge's EA with the one that comes with the desk.
 * @param shipped null: not known
 * @returns null: they are the same, or one of them is not known
 */
export function eaVersionGap(
  shipped: string | null,
  { ownEaVersion }: Pick<BridgeState, 'ownEaVersion'>,
): EaVersionGap | null {
  if (shipped === null || ownEaVersion === null) return null;
  const difference = compareEaVersions(ownEaVersion, shipped);
  if (difference === 0) return null;
  return difference < 0
    ? {
        isEaOlder: true,
        reason: `The EA has version ${ownEaVersion}, and this desk comes with ${shipped}.`,
        nextStep: 'Install the EA that comes with this desk.',
      }
    : {
        isEaOlder: false,
        reason: `This desk is older than its EA: the EA has version ${ownEaVersion}, and this desk comes with ${shipped}.`,
        nextStep: 'Update the desk.',
      };
}
