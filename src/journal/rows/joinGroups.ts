import type { ExportPage } from '../../api/queries/statistics.ts';
import type { OrderGroup } from '../../controller/statistics/entryFold.ts';
import { TallySum, type Tally } from '../../controller/statistics/orderTally.ts';

/** Joins groups to one row for each account, source, symbol and day, across the names of an account. */
export function joinGroups(
  groups: readonly (OrderGroup & { tally: Tally })[],
  named: (account: string) => string,
): ExportPage['rows'] {
  const joined = new Map<string, { group: OrderGroup; sum: TallySum }>();
  for (const { tally, bridge, day, account: written, source, symbol } of groups) {
    const group = { bridge, day, account: named(written), source, symbol };
    const key = JSON.stringify(group);
    const known = joined.get(key) ?? { group, sum: new TallySum() };
    joined.set(key, known);
    known.sum.add(tally);
  }
  return [...joined.values()].map(({ group, sum }) => ({ ...group, ...sum.figures(true) }));
}
