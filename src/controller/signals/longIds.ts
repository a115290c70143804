import { type EngineSource, isEngineSource, type OrderSource } from '../../domain/orders/order.ts';
import type { ShortenId } from '../../protocol/gateway/engineRequest.ts';
import { shortSignalId } from '../../domain/signalId.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import type { EngineClient } from './replyRouter.ts';
import type { Sha256 } from '../ports/stores.ts';

/** The short ID of a source's long one is the same after every restart, and no other source's. */
export function shortenFor(source: EngineSource, sha256: Sha256): ShortenId {
  return (longId) => shortSignalId(longId, sha256(`${source}\n${longId}`));
}

/** Which source has used a long ID: it is another source's `duplicate_id` too, though their short ones differ. Kept over restarts. */
export class LongIds {
  private readonly journalWriter: JournalWriter;
  private readonly sha256: Sha256;

  constructor(journalWriter: JournalWriter, sha256: Sha256) {
    this.journalWriter = journalWriter;
    this.sha256 = sha256;
  }

  /** Written with the order that leaves under it, in one commit. */
  claim(source: EngineSource, longId: string | null): void {
    if (longId !== null) this.journalWriter.record({ type: 'remember', key: keyOf(longId), value: source });
  }

  /** The short ID under which another source has used it; null: none has, or the journal can't be read, which stops trading. */
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

/** Names the engine's own ID beside the short one in whatever it hears of a request. */
export function withLongId(client: EngineClient, longId: string | null): EngineClient {
  if (longId === null) return client;
  return {
    single: client.single === true,
    reply: (text, final) => {
      client.reply(`${text.slice(0, -1)},"long_id":${JSON.stringify(longId)}}`, final);
    },
  };
}
