import type { Journal, JournalRows } from '../ports/journal.ts';
import type { CommandLink } from '../ports/link.ts';
import type { JournalOrders } from '../ports/journalOrders.ts';
import type { Publication } from '../ports/stores.ts';
import type { Platform } from '../records/platform.ts';
import type { ConnectionFacts } from '../risk/tradingGuards.ts';
import type { BridgeTerms } from './bridgeConfig.ts';
import type { SharedTrading } from './sharedTrading.ts';

/** Services and data for building a bridge. */
export interface BridgeParts {
  platform: Platform;
  journal: Journal;
  /** Publication of events on port 5560. */
  publication: Publication;
  shared: SharedTrading;
}

/** The EA's side of a bridge, for its orders. */
export interface BridgeEa {
  link: CommandLink;
  connection: () => ConnectionFacts;
  /** Sends a ping. */
  probe: () => void;
  /** Session of an EA of protocol 8 (N1); null: it is written to as the documented one. */
  session: () => string | null;
  /** Requests the EA's positions. */
  askStatus: () => void;
}

/** The bridge, for its orders: ID, settings and journal. */
export interface BridgeOfOrders {
  id: string;
  settings: () => BridgeTerms;
  journal: JournalOrders & Pick<JournalRows, 'remembered'>;
}
