import { type Gateway, openGateway } from '../../gateway/openGateway.ts';
import { openPublication, type PublicationSocket } from '../../gateway/openPublication.ts';
import type { StartOptions } from '../config/serveFlags.ts';
import { portFailureOf } from '../machine/portFailure.ts';
import type { Publication } from '../../controller/ports/stores.ts';
import type { Settings } from '../../api/settings/appSettings.ts';

/** The sockets for other programs: the gateway for engines, the publication for subscribers. */
export interface GatewaySockets {
  gateway: Gateway;
  publication: PublicationSocket;
  close: () => void;
}

/** Publication without a socket: it drops everything. */
export const nobodyListens: Publication = { hasSubscribers: false, publish: () => undefined };

/**
 * Binds both sockets; flags of the start override the app's settings.
 * @throws PortFailure
 */
export async function openGatewaySockets(
  options: Pick<StartOptions, 'gatewayPort' | 'publishPort'>,
  settings: Settings,
  logError: (sentence: string, error: unknown) => void,
): Promise<GatewaySockets> {
  const gateway = await openGateway(options.gatewayPort ?? settings.gatewayPort, logError).catch(portFailureOf(null));
  try {
    const publication = await openPublication(options.publishPort ?? settings.publishPort, logError).catch(
      portFailureOf(null),
    );
    return {
      gateway,
      publication,
      close: () => {
        gateway.close();
        publication.close();
      },
    };
  } catch (error) {
    gateway.close();
    throw error;
  }
}
