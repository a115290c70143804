/** What Electron's preload script lends to the page as `bittenDesk`. */
export interface ElectronBridge {
  post: (message: unknown) => void;
  close: () => void;
  onMessage: (listener: (message: unknown) => void) => void;
  onClose: (listener: () => void) => void;
}
