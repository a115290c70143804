/** Reads `2025.09.15 12:34:56` (W13) as if it were UTC, epoch ms; null: another form. */
export function readBrokerTime(text: string): number | null {
  const parts = /^(\d{4})[.-](\d\d)[.-](\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text.trim());
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
