import { dialog, type BrowserWindow, type MessageBoxOptions } from 'electron';

const closing: MessageBoxOptions = {
  type: 'question',
  title: 'BITTEN Desk',
  message: 'Keep the desk running in the tray?',
  detail:
    'Only a running desk receives what becomes of orders, watches the limits and tells you. In the tray it goes on without a window; click its icon, or start BITTEN Desk again, to open it.',
  buttons: ['Keep running', 'Quit', 'Cancel'],
  defaultId: 0,
  cancelId: 2,
  noLink: true,
  checkboxLabel: 'Do this each time. The settings can change it.',
  checkboxChecked: true,
};

export interface CloseAnswer {
  choice: 'tray' | 'quit' | 'cancel';
  always: boolean;
}

/** Asks what closing the window should do. */
export async function askOnClose(window: BrowserWindow): Promise<CloseAnswer> {
  const { response, checkboxChecked } = await dialog.showMessageBox(window, closing);
  return { choice: (['tray', 'quit'] as const)[response] ?? 'cancel', always: checkboxChecked };
}

/**
 * Asks whether to quit although orders have no result yet.
 * @param signalIds of those orders, at least one
 */
export async function askToQuit(signalIds: readonly string[]): Promise<boolean> {
  const [only] = signalIds;
  const one = signalIds.length === 1;
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'BITTEN Desk',
    message: one
      ? `The result of ${only ?? 'an order'} has not come yet.`
      : `The results of ${String(signalIds.length)} orders have not come yet.`,
    detail: `If you quit now, ${one ? 'it becomes' : 'they become'} unknown, and you have to look in MT5. A result comes within ten seconds.`,
    buttons: ['Wait', 'Quit anyway'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}
