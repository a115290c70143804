/** W4: a signal_id becomes the MT5 order comment, which takes 31 characters. */
const pattern = /^[A-Za-z0-9_.-]{1,31}$/;

// Crockford's base 32: no I, L, O or U, so that an id can be read out over the telephone.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Random bytes behind a generated id: 40 bits (ARCHITECTURE rule 8). */
export const signalIdRandomBytes = 5;

export function isSignalId(text: string): boolean {
  return pattern.test(text);
}

/**
 * A new id that shows its symbol, such as `BD_XAUUSD_7K2M9QXA`.
 * @param random {@link signalIdRandomBytes} bytes from a cryptographic source
 */
export function generateSignalId(symbol: string, random: Uint8Array): string {
  const name = symbol.replace(/[^A-Za-z0-9]/g, '').slice(0, 12);
  let bits = 0n;
  for (const byte of random.subarray(0, signalIdRandomBytes)) bits = (bits << 8n) | BigInt(byte);
  let suffix = '';
  for (let place = 0; place < 8; place += 1)
    suffix = alphabet.charAt(Number((bits >> BigInt(5 * place)) & 31n)) + suffix;
  return `BD_${name}_${suffix}`;
}
