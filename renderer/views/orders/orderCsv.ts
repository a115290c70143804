import { csvLine } from '../../../src/base/csv.ts';
import { exportHeaders, exportValues } from '../../../src/api/presentation/exportColumns.ts';
import type { OrdersPage } from '../../../src/api/queries/orderQuery.ts';
import type { ListQuery, PagePart } from './listQuery.ts';

/** Orders requested at a time. */
const pageRows = 1_000;
/** Interval of requests while an index is being built, ms. */
const againMs = 500;

/**
 * The orders of a query as CSV, oldest first: the same lines as `npx bitten-desk export` writes.
 * @param onProgress 0 to 1
 * @returns null when it was cancelled
 */
export async function ordersCsv(
  query: ListQuery,
  ask: (query: ListQuery, part: PagePart) => Promise<OrdersPage>,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<Blob | null> {
  const oldestFirst: ListQuery = { ...query, sort: { by: 'number', down: false } };
  // A blob for each page, which browsers may keep on disk.
  const parts = [new Blob([csvLine(exportHeaders('orders'))])];
  let upTo: number | null = null;
  for (let offset = 0; ;) {
    const page: OrdersPage = await ask(oldestFirst, { upTo, offset, limit: pageRows });
    if (signal.aborted) return null;
    if (page.ready < 1) {
      await new Promise((resolve) => setTimeout(resolve, againMs));
      continue;
    }
    ({ upTo } = page);
    parts.push(new Blob([page.rows.map((row) => csvLine(exportValues('orders', { ...row }))).join('')]));
    offset += pageRows;
    onProgress(page.total === 0 ? 1 : Math.min(1, offset / page.total));
    if (offset >= page.total) return new Blob(parts, { type: 'text/csv' });
  }
}
