/** W4: a signal_id becomes the MT5 order comment, which takes 31 characters. */
const pattern = /^[A-Za-z0-9_.-]{1,31}$/;

// Crockford's base 32: no I, L, O or U, so that an id can be read out over the telephone.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Random bytes behind a generated id: 40 bits (ARCHITECTURE rule 8). */
export const signalIdRandomBytes = 5;

/** Engines' IDs that are too long for an order comment, such as those of crypto signals. */
const longPattern = /^[A-Za-z0-9_.-]{32,128}$/;
/** Characters of the long ID that begin a short one, so that a person recognises it. */
const keptOfLong = 18;
/** Base 32 digits of a SHA-256: 60 bits. */
const digestPlaces = 12;

export function isLongSignalId(text: string): boolean {
  return longPattern.test(text);
}

/**
 * Short ID for MT5 in place of an engine's too long one: its beginning and 60 bits of a digest, such as
 * `ELITE_RAPID_BTCUSD_7K2M9QXA3V0Z`.
 * @param digest SHA-256 of the engine and the long ID, so that the result is the same after every restart
 */
export function shortSignalId(longId: string, digest: Uint8Array): string {
  return `${longId.slice(0, keptOfLong)}_${base32(digest.subarray(0, 8), digestPlaces)}`;
}

/** The last bits of some bytes, five a place. */
function base32(bytes: Uint8Array, places: number): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let place = 0; place < places; place += 1)
    text = alphabet.charAt(Number((bits >> BigInt(5 * place)) & 31n)) + text;
  return text;
}

export function isSignalId(text: string): boolean {
  return pattern.test(text);
}

/**
 * A new id that shows its symbol, such as `BD_XAUUSD_7K2M9QXA`.
 * @param random {@link signalIdRandomBytes} bytes from a cryptographic source
 */
export function generateSignalId(symbol: string, random: Uint8Array): string {
  const name = symbol.replace(/[^A-Za-z0-9]/g, '').slice(0, 12);
  return `BD_${name}_${base32(random.subarray(0, signalIdRandomBytes), 8)}`;
}
