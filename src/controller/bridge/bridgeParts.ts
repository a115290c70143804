import type { Journal, JournalRows } from '../ports/journal.ts';
import type { CommandLink } from '../ports/link.ts';
import type { JournalOrders } from '../ports/journalOrders.ts';
import type { Publication } from '../ports/stores.ts';
import type { Platform } from '../records/platform.ts';
import type { ConnectionFacts } from '../risk/tradingGuards.ts';
import type { BridgeTerms } from './bridgeConfig.ts';
import type { SharedTrading } from './sharedTrading.ts';

/** Services and data that a bridge is built from. */
export interface BridgeParts {
  platform: Platform;
  journal: Journal;
  /** Where what happens is published for other programs. */
  publication: Publication;
  shared: SharedTrading;
}

/** The EA of a bridge, as its orders need it. */
export interface BridgeEa {
  link: CommandLink;
  connection: () => ConnectionFacts;
  /** Asks it for a sign of life. */
  probe: () => void;
  /** Asks it for its positions. */
  askStatus: () => void;
}

/** The bridge of the orders: its ID, its settings and its journal. */
export interface BridgeOfOrders {
  id: string;
  settings: () => BridgeTerms;
  journal: JournalOrders & Pick<JournalRows, 'remembered'>;
}
