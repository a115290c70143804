import type { Hello } from './reports.ts';

/** Name in the hello of the desk's own EA: `EA_NAME` in mt5/Include/BittenDesk/Account.mqh. */
const ownEaName = 'BITTEN Desk EA';

/** Whole numbers between points, the most significant first. */
const versionPattern = /^\d{1,5}(\.\d{1,5}){0,3}$/;

/** Version of the desk's own EA by its hello; null: another EA, or a version that can't be read. */
export function ownEaVersion({ ea, ea_version }: Pick<Hello, 'ea' | 'ea_version'>): string | null {
  return ea === ownEaName && ea_version !== undefined && versionPattern.test(ea_version) ? ea_version : null;
}

/** Version in the text of the EA's Account.mqh, its only definition; null: none. */
export function readEaVersion(source: string): string | null {
  const version = /^#define[ \t]+EA_VERSION[ \t]+"([^"\r\n]*)"/m.exec(source)?.[1] ?? '';
  return versionPattern.test(version) ? version : null;
}

/** Compares two versions, part by part: below 0 where the first is lower, 0 where both are the same. */
export function compareEaVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split('.').map(Number));
  for (let index = 0; index < 4; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
