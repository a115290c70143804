// How BITTEN's EA v7 reads and writes JSON: by searching text, without a parser (W1, W13).

/** The value of the first literal `"key":`, up to the next quote, comma, brace or blank; '' when there is none. */
export function readKey(text: string, key: string): string {
  const at = text.indexOf(`"${key}":`);
  if (at < 0) return '';
  const rest = text.slice(at + key.length + 3).replace(/^[ \t]+/, '');
  if (!rest.startsWith('"')) return /^[^,} \n\r]*/.exec(rest)?.[0] ?? '';
  const end = rest.indexOf('"', 1);
  return end < 0 ? '' : rest.slice(1, end);
}

/** Number under a key; 0 when it is no number, like MQL5's StringToDouble. */
export function readNumber(text: string, key: string): number {
  const number = Number.parseFloat(readKey(text, key));
  return Number.isNaN(number) ? 0 : number;
}

/** A field's value as it stands in the text: a string unescaped, a number with its fixed decimals. */
export const quoted = (text: string): string => `"${text}"`;
export const money = (amount: number): string => amount.toFixed(2);

export function writeObject(fields: Record<string, string>): string {
  return `{${Object.entries(fields)
    .map(([key, value]) => `"${key}":${value}`)
    .join(',')}}`;
}

/** `2025.09.15 12:34:56`, the terminal's way to write a time, here in UTC. */
export function brokerTime(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replaceAll('-', '.').replace('T', ' ');
}
