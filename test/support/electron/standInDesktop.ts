import { EventEmitter } from 'node:events';
import { note } from './notes.ts';

// What an app does on the desktop beside its windows. Nothing is drawn; every call is noted, and a test can click.

export class NativeImage {
  readonly representations: { scaleFactor?: number; dataURL?: string }[] = [];
  addRepresentation(representation: { scaleFactor?: number; dataURL?: string }): void {
    this.representations.push(representation);
  }
}
export const nativeImage = { createEmpty: () => new NativeImage() };

interface MenuItem {
  label?: string;
  type?: string;
  enabled?: boolean;
  checked?: boolean;
  click?: () => void;
}

export class Menu {
  readonly items: MenuItem[];
  private constructor(items: MenuItem[]) {
    this.items = items;
  }
  static buildFromTemplate(template: MenuItem[]): Menu {
    return new Menu(template);
  }
}

/** Those in the tray now; the app has one. */
const trays = new Set<Tray>();

export class Tray extends EventEmitter {
  menu: Menu | null = null;
  constructor(image: NativeImage) {
    super();
    trays.add(this);
    this.setImage(image);
  }
  setImage(image: NativeImage): void {
    note(`tray image ${image.representations.map(({ dataURL }) => dataURL ?? '').join(' ')}`);
  }
  setToolTip(text: string): void {
    note(`tray tooltip ${JSON.stringify(text)}`);
  }
  setContextMenu(menu: Menu): void {
    this.menu = menu;
    const items = menu.items.filter(({ type }) => type !== 'separator');
    note(`tray menu ${JSON.stringify(items.map(({ label, enabled, checked }) => ({ label, enabled, checked })))}`);
  }
  destroy(): void {
    trays.delete(this);
    note('tray removed');
  }
}

/** @param label of a menu's item; null: the icon itself */
export function clickTray(label: string | null): void {
  const [tray] = trays;
  if (label === null) {
    tray?.emit('click');
    return;
  }
  const item = tray?.menu?.items.find((each) => each.label === label && each.enabled !== false);
  if (item?.click === undefined) throw new Error(`The tray has no item "${label}" that can be clicked.`);
  item.click();
}

const notifications: Notification[] = [];

interface NotificationOptions {
  title: string;
  body: string;
}

export class Notification extends EventEmitter {
  readonly options: NotificationOptions;
  static isSupported(): boolean {
    return true;
  }
  constructor(options: NotificationOptions) {
    super();
    this.options = options;
  }
  show(): void {
    notifications.push(this);
    note(`notification ${JSON.stringify(this.options)}`);
  }
}

export function clickNotification(title: string): void {
  const notification = notifications.find(({ options }) => options.title.includes(title));
  if (notification === undefined) throw new Error(`There is no notification "${title}".`);
  notification.emit('click');
}

export const shell = {
  openPath: (path: string): Promise<string> => {
    note(`open path ${path}`);
    return Promise.resolve('');
  },
};

export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
};

interface MessageBoxOptions {
  message: string;
  buttons: string[];
  cancelId: number;
  checkboxChecked?: boolean;
}

/** The buttons that the test's person will press, one after the other; without one a question stays open. */
const answers: string[] = [];
const waiting: (() => void)[] = [];

export function answer(button: string): void {
  answers.push(button);
  waiting.shift()?.();
}

export const dialog = {
  showErrorBox: (title: string, text: string): void => {
    note(`error box: ${title}: ${text}`);
  },
  showMessageBox: async (...args: unknown[]): Promise<{ response: number; checkboxChecked: boolean }> => {
    // A window to be modal to comes first, or is left out.
    const options = args.at(-1) as MessageBoxOptions;
    note(`question: ${options.message}`);
    if (answers.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    const response = options.buttons.indexOf(answers.shift() ?? '');
    return {
      response: response < 0 ? options.cancelId : response,
      checkboxChecked: options.checkboxChecked ?? false,
    };
  },
};
