import { makeTransport } from '../../src/api/makeTransport.ts';
import type { ElectronBridge } from '../../src/api/electronBridge.ts';
import type { Transport } from '../../src/api/transport.ts';

declare global {
  var bittenDesk: ElectronBridge | undefined;
}

/** The window's end of Electron's IPC. */
export function electronTransport(bridge: ElectronBridge): Transport {
  const { transport, receive, ended } = makeTransport(bridge.post, bridge.close);
  bridge.onMessage(receive);
  bridge.onClose(ended);
  return transport;
}
