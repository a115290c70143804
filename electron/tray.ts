import { Menu, nativeImage, Tray, type MenuItemConstructorOptions, type NativeImage } from 'electron';
import type { AppState } from '../src/api/state/state.ts';
import { trayPicture } from './trayPicture.ts';
import { trayWords, type TrayLook } from './trayWords.ts';

export interface TrayActions {
  openDesk: () => void;
  kill: () => void;
  toggleTicket: () => void;
  checkConnection: () => void;
  openLogFolder: () => void;
  quit: () => void;
}

/** The app's icon in the system's tray. Its menu can set the kill switch and never releases it. */
export class DeskTray {
  private readonly tray: Tray;
  private readonly actions: TrayActions;
  private shown = { look: '', tooltip: '', menu: '' };

  constructor(actions: TrayActions) {
    this.actions = actions;
    this.tray = new Tray(picture('listening'));
    this.tray.on('click', actions.openDesk);
  }

  update(state: AppState, ticketOpen: boolean): void {
    const { look, tooltip } = trayWords(state);
    const killed = state.killSwitch !== null;
    const menu = `${String(killed)} ${String(ticketOpen)}`;
    // Changing a tray icon is slow and closes an open menu.
    if (look !== this.shown.look) this.tray.setImage(picture(look));
    if (tooltip !== this.shown.tooltip) this.tray.setToolTip(tooltip);
    if (menu !== this.shown.menu) {
      this.tray.setContextMenu(Menu.buildFromTemplate(this.items(killed, ticketOpen)));
    }
    this.shown = { look, tooltip, menu };
  }

  remove(): void {
    this.tray.destroy();
  }

  private items(killed: boolean, ticketOpen: boolean): MenuItemConstructorOptions[] {
    const { openDesk, kill, toggleTicket, checkConnection, openLogFolder, quit } = this.actions;
    return [
      { label: 'Open desk', click: openDesk },
      { label: 'Compact ticket', type: 'checkbox', checked: ticketOpen, click: toggleTicket },
      { type: 'separator' },
      {
        label: killed ? 'Kill switch is on: release it in the desk' : 'Kill switch: stop every buy and sell',
        enabled: !killed,
        click: kill,
      },
      { type: 'separator' },
      { label: 'Check connection', click: checkConnection },
      { label: 'Open log folder', click: openLogFolder },
      { label: 'Quit', click: quit },
    ];
  }
}

function picture(look: TrayLook): NativeImage {
  const image = nativeImage.createEmpty();
  for (const [size, scaleFactor] of [
    [16, 1],
    [24, 1.5],
    [32, 2],
  ] as const) {
    const dataURL = `data:image/png;base64,${trayPicture(look, size).toString('base64')}`;
    image.addRepresentation({ scaleFactor, dataURL });
  }
  return image;
}
