import { type EngineSource, isEngineSource, type OrderSource } from '../../domain/orders/order.ts';
import type { ShortenId } from '../../protocol/gateway/engineRequest.ts';
import { shortSignalId } from '../../domain/signalId.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import type { EngineClient } from './replyRouter.ts';
import type { Sha256 } from '../ports/stores.ts';

/** Maps a source's long ID to its short one, the same after every restart and different for every source. */
export function shortenFor(source: EngineSource, sha256: Sha256): ShortenId {
  return (longId) => shortSignalId(longId, sha256(`${source}\n${longId}`));
}

/**
 * Owners of long IDs: an ID is a `duplicate_id` for any other source, though the short ones differ. Kept over
 * restarts.
 */
export class LongIds {
  private readonly journalWriter: JournalWriter;
  private readonly sha256: Sha256;

  constructor(journalWriter: JournalWriter, sha256: Sha256) {
    this.journalWriter = journalWriter;
    this.sha256 = sha256;
  }

  /** Written in one commit with the order that is sent under it. */
  claim(source: EngineSource, longId: string | null): void {
    if (longId !== null) this.journalWriter.record({ type: 'remember', key: keyOf(longId), value: source });
  }

  /**
   * Short ID under which another source has used a long one; null: none, or the journal can't be read, which stops
   * trading.
   */
  othersShort(source: EngineSource, longId: string | null): string | null {
    if (longId === null) return null;
    const used = this.journalWriter.remembered(keyOf(longId))?.value;
    if (typeof used !== 'string' || used === source || !isEngineSource(used as OrderSource)) return null;
    return shortenFor(used as EngineSource, this.sha256)(longId);
  }
}

function keyOf(longId: string): string {
  return `long_id:${longId}`;
}

/** Adds the engine's long ID to every reply that names the short one. */
export function withLongId(client: EngineClient, longId: string | null): EngineClient {
  if (longId === null) return client;
  return {
    single: client.single === true,
    reply: (text, final) => {
      client.reply(`${text.slice(0, -1)},"long_id":${JSON.stringify(longId)}}`, final);
    },
  };
}
