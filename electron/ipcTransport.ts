import { ipcMain, type IpcMainEvent, type WebContents } from 'electron';
import { guarded, toLastGuard, type OnFault } from '../src/base/guard.ts';
import { makeTransport, type TransportEnds } from '../src/api/rpc/makeTransport.ts';
import type { Transport } from '../src/api/rpc/transport.ts';
import { isAppUrl } from './appScheme.ts';
import { closeChannel, messageChannel, openChannel } from './ipcChannels.ts';

/**
 * The contract over Electron's IPC: one transport for each page that the window loads. Messages from any frame of the window but
 * its own page are dropped and logged; those of other windows are ignored here.
 */
export function listenToPages(
  contents: WebContents,
  serve: (transport: Transport) => void,
  onRefused: (sentence: string) => void,
  onFault: OnFault = toLastGuard,
): void {
  let page: TransportEnds | null = null;
  const trusts = (event: IpcMainEvent): boolean => {
    if (event.sender !== contents) return false;
    const frame = event.senderFrame;
    const trusted = frame === contents.mainFrame && isAppUrl(frame.url);
    if (!trusted) onRefused(`An IPC message from ${frame?.url ?? 'a frame that is gone'} was turned away.`);
    return trusted;
  };

  const onOpen = guarded(onFault, (event: IpcMainEvent): void => {
    if (!trusts(event)) return;
    page?.ended();
    const sendTo = (channel: string, message?: unknown): void => {
      if (!contents.isDestroyed()) contents.send(channel, message);
    };
    page = makeTransport(
      (message) => {
        sendTo(messageChannel, message);
      },
      () => {
        sendTo(closeChannel);
      },
    );
    serve(page.transport);
  });
  const onMessage = guarded(onFault, (event: IpcMainEvent, message: unknown): void => {
    if (trusts(event)) page?.receive(message);
  });
  const onClose = guarded(onFault, (event: IpcMainEvent): void => {
    if (trusts(event)) onEnd();
  });
  const onEnd = guarded(onFault, (): void => {
    const ending = page;
    page = null;
    ending?.ended();
  });
  ipcMain.on(openChannel, onOpen);
  ipcMain.on(messageChannel, onMessage);
  ipcMain.on(closeChannel, onClose);
  contents.on('render-process-gone', onEnd);
  contents.once('destroyed', () => {
    onEnd();
    ipcMain.off(openChannel, onOpen);
    ipcMain.off(messageChannel, onMessage);
    ipcMain.off(closeChannel, onClose);
  });
}
