import { makeTransport } from '../../src/api/makeTransport.ts';
import type { ElectronBridge } from '../../src/api/electronBridge.ts';
import type { Transport } from '../../src/api/transport.ts';

declare global {
  var bittenDesk: ElectronBridge | undefined;
}

/** The window's end of Electron's IPC. It lives as long as the window. */
export function electronTransport(bridge: ElectronBridge): Transport {
  const { transport, receive } = makeTransport(bridge.post, () => undefined);
  bridge.onMessage(receive);
  return transport;
}
