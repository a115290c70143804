/** Usual business hours of the four trading centres, local time. Each begins and ends at a whole hour of UTC. */
const centres = [
  { name: 'Sydney', zone: 'Australia/Sydney', from: 8, to: 17 },
  { name: 'Tokyo', zone: 'Asia/Tokyo', from: 9, to: 18 },
  { name: 'London', zone: 'Europe/London', from: 8, to: 17 },
  { name: 'New York', zone: 'America/New_York', from: 8, to: 17 },
] as const;

const hourMs = 3_600_000;
/** Hours kept: those of 500 bars, many times over. */
const mostHours = 5_000;

const clocks = centres.map(({ zone }) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  return (at: number): { day: string; hour: number } => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return { day: parts['weekday'] ?? '', hour: Number(parts['hour']) };
  };
});

const known = new Map<number, readonly string[]>();

/** Trading centres that are open at a moment, on their own weekdays and summer times. @param at epoch ms */
export function sessionsAt(at: number): readonly string[] {
  const hour = Math.floor(at / hourMs);
  const before = known.get(hour);
  if (before !== undefined) return before;
  if (known.size >= mostHours) known.clear();
  const open = centres.filter(({ from, to }, index) => {
    const local = clocks[index]?.(hour * hourMs);
    return local !== undefined && !local.day.startsWith('S') && local.hour >= from && local.hour < to;
  });
  const names = open.map(({ name }) => name);
  known.set(hour, names);
  return names;
}
