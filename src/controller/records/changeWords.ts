/** Most changes listed of one entry. */
const mostListed = 30;

/**
 * Changes of settings, one a line: "limits, daily loss percent: 5 → 3". Values that stayed are left out.
 * @param before the values before; undefined: an earlier version did not keep them
 */
export function changeWords(before: unknown, after: unknown): string[] {
  const lines = changesOf(before, after, []);
  const more = lines.length - mostListed;
  return more > 0 ? [...lines.slice(0, mostListed), `and ${String(more)} more`] : lines;
}

function changesOf(before: unknown, after: unknown, path: readonly string[]): string[] {
  const [earlier, later] = [byId(before), byId(after)];
  if (earlier !== null && later !== null) {
    const ids = [...new Set([...Object.keys(earlier), ...Object.keys(later)])];
    return ids.flatMap((id) =>
      id in later ? changesOf(earlier[id], later[id], [...path, id]) : [`${[...path, id].join(', ')}: removed`],
    );
  }
  if (isRecord(after)) {
    const was = isRecord(before) ? before : undefined;
    return Object.entries(after).flatMap(([key, value]) => changesOf(was?.[key], value, [...path, plainName(key)]));
  }
  const [was, is] = [valueWords(before), valueWords(after)];
  if (before !== undefined && JSON.stringify(before) === JSON.stringify(after)) return [];
  const name = path.join(', ');
  if (before === undefined) return [`${name}: ${is}`];
  return [was === is ? `${name}: changed` : `${name}: ${was} → ${is}`];
}

/** Rows that have an ID, by it; null: a value of another kind. */
function byId(value: unknown): Record<string, unknown> | null {
  if (!Array.isArray(value)) return null;
  const rows: Record<string, unknown> = {};
  for (const row of value as unknown[]) {
    if (!isRecord(row) || typeof row['id'] !== 'string') return null;
    rows[row['id']] = row;
  }
  return rows;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** "dailyLossPercent" → "daily loss percent". */
function plainName(key: string): string {
  return key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function valueWords(value: unknown): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) {
    const isList = value.every((each) => typeof each === 'string' || typeof each === 'number');
    if (value.length === 0) return 'none';
    return isList ? value.join(', ') : value.length === 1 ? '1 row' : `${String(value.length)} rows`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
