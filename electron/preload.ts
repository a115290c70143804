import { contextBridge, ipcRenderer } from 'electron';
import type { ElectronBridge } from '../src/api/rpc/electronBridge.ts';
import { closeChannel, messageChannel, openChannel } from './ipcChannels.ts';

const send = (channel: string) => (message?: unknown) => {
  ipcRenderer.send(channel, message);
};
const listen = (channel: string) => (listener: (message: unknown) => void) => {
  ipcRenderer.on(channel, (_event, message: unknown) => {
    listener(message);
  });
};
const bridge: ElectronBridge = {
  post: send(messageChannel),
  close: send(closeChannel),
  onMessage: listen(messageChannel),
  onClose: listen(closeChannel),
};
send(openChannel)();
contextBridge.exposeInMainWorld('bittenDesk', bridge);
