/** `window.bittenDesk`, which Electron's preload script exposes to the page. */
export interface ElectronBridge {
  post: (message: unknown) => void;
  close: () => void;
  onMessage: (listener: (message: unknown) => void) => void;
  onClose: (listener: () => void) => void;
}
