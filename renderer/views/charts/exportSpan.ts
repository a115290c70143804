import type { ApiClient } from '../../../src/api/rpc/connectApi.ts';
import { csvLine } from '../../../src/base/csv.ts';
import { exportHeaders, exportValues } from '../../../src/api/presentation/exportColumns.ts';
import type { Span } from '../../store/chartView.ts';

/**
 * All recorded figures of a span as CSV: minutes, and samples one by one where they are kept.
 * @param onProgress 0 to 1; false cancels
 * @returns null when it was cancelled
 */
export async function csvOfSpan(
  client: ApiClient,
  bridge: string,
  { from, to }: Span,
  onProgress: (done: number) => boolean,
): Promise<string[] | null> {
  const parts = [csvLine(exportHeaders('samples'))];
  const days = { from: null, to: null, span: { from: Math.floor(from), to: Math.ceil(to) } };
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof client.call<'exportPage'>>> = await client.call('exportPage', {
      bridge,
      kind: 'samples',
      cursor,
      ...days,
    });
    parts.push(page.rows.map((row) => csvLine(exportValues('samples', row))).join(''));
    if (!onProgress(page.done)) return null;
    cursor = page.next;
  } while (cursor !== null);
  return parts;
}

/** Such as `main-2026-06-01T0905-2026-06-01T1005.csv`, in UTC as the times within. */
export function exportName(bridge: string, { from, to }: Span): string {
  const stamp = (at: number): string => new Date(at).toISOString().slice(0, 16).replace(':', '');
  return `${bridge}-${stamp(from)}-${stamp(to)}.csv`;
}
