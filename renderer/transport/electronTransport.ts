import { makeTransport } from '../../src/api/rpc/makeTransport.ts';
import type { ElectronBridge } from '../../src/api/rpc/electronBridge.ts';
import type { Transport } from '../../src/api/rpc/transport.ts';

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
