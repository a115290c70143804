import { contextBridge, ipcRenderer } from 'electron';
import type { ElectronBridge } from '../src/api/electronBridge.ts';
import { messageChannel, openChannel } from './ipcChannels.ts';

ipcRenderer.send(openChannel);
const bridge: ElectronBridge = {
  post: (message) => {
    ipcRenderer.send(messageChannel, message);
  },
  onMessage: (listener) => {
    ipcRenderer.on(messageChannel, (_event, message: unknown) => {
      listener(message);
    });
  },
};
contextBridge.exposeInMainWorld('bittenDesk', bridge);
