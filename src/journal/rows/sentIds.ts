import type { Database } from 'better-sqlite3';

/** 2 MiB: with a million orders, one query in a thousand is a false "perhaps". */
const bits = 1 << 24;
const probes = 4;

/**
 * A Bloom filter over the signal IDs of a journal, so that an order about to be sent needs no database query to see that its ID
 * is new: "no" is certain, "perhaps" is looked up. IDs are never removed.
 */
export class SentIds {
  readonly words: Uint32Array<ArrayBuffer>;

  /** @param words of another filter, used without a copy */
  constructor(words = new Uint32Array(bits / 32)) {
    this.words = words;
  }

  add(bridge: string, signalId: string): void {
    this.eachBit(bridge, signalId, (word, mask) => {
      this.words[word] = (this.words[word] ?? 0) | mask;
      return true;
    });
  }

  mayHave(bridge: string, signalId: string): boolean {
    return this.eachBit(bridge, signalId, (word, mask) => ((this.words[word] ?? 0) & mask) !== 0);
  }

  /** Adds the IDs of another filter. */
  join(other: SentIds): void {
    for (let word = 0; word < this.words.length; word += 1) {
      this.words[word] = (this.words[word] ?? 0) | (other.words[word] ?? 0);
    }
  }

  /** Calls `take` for each bit of an ID; false as soon as one call is. */
  private eachBit(bridge: string, signalId: string, take: (word: number, mask: number) => boolean): boolean {
    const first = hash(signalId, hash(bridge, 0x811c9dc5));
    const step = hash(signalId, first) | 1;
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = ((first + Math.imul(probe, step)) >>> 0) % bits;
      if (!take(bit >>> 5, 1 << (bit & 31))) return false;
    }
    return true;
  }
}

/** The IDs of all orders in the list. A million takes a second. */
export function readSentIds(db: Database): SentIds {
  const ids = new SentIds();
  const all = db.prepare<[], { bridge: string; signalId: string }>(
    'SELECT bridge, signal_id AS signalId FROM orders INDEXED BY orders_by_signal',
  );
  for (const { bridge, signalId } of all.iterate()) ids.add(bridge, signalId);
  return ids;
}

/** FNV-1a with a final mix, 32 bits. */
function hash(text: string, seed: number): number {
  let value = seed;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}
