import type { BrowserWindow } from 'electron';
import { attempt, guarded, type OnFault } from '../src/base/guard.ts';
import { portAnswerSchema, type PortTrouble } from '../src/api/queries/portTrouble.ts';
import type { Transport } from '../src/api/rpc/transport.ts';
import type { PortPage } from '../src/host/startWithPorts.ts';
import { recoverFromCrashes } from './crashRecovery.ts';
import { listenToPages } from './ipcTransport.ts';
import { loadStartPage, openStartWindow } from './window.ts';

type Answer = Awaited<ReturnType<PortPage['ask']>>;

export interface PortWindowParts {
  outDir: string;
  /** Ends the app: a person wants no start. */
  quit: () => void;
  say: (sentence: string) => void;
  /** Receives a bug behind one of the window's events. */
  onFault: OnFault;
}

/** The window that asks for another port while the desk can't start. It opens at the first question. */
export class PortWindow implements PortPage {
  private readonly parts: PortWindowParts;
  private window: BrowserWindow | null = null;
  private transport: Transport | null = null;
  private trouble: PortTrouble | null = null;
  /** Its page crashes again and again. */
  private crashed: Error | null = null;
  private waiting: { answer: (answer: Answer) => void; fail: (error: Error) => void } | null = null;

  constructor(parts: PortWindowParts) {
    this.parts = parts;
  }

  get isOpen(): boolean {
    return this.window !== null;
  }

  async ask(trouble: PortTrouble): Promise<Answer> {
    if (this.crashed !== null) throw this.crashed;
    this.trouble = trouble;
    const answered = new Promise<Answer>((answer, fail) => {
      this.waiting = { answer, fail };
    });
    if (this.window === null) await this.open(trouble.textSize / 100);
    else this.transport?.post(trouble);
    return await answered;
  }

  /** For a second start of the app. */
  showDesk(): void {
    this.window?.show();
    this.window?.focus();
  }

  quit(): Promise<void> {
    this.parts.quit();
    return Promise.resolve();
  }

  /** Closes it once the desk is there. */
  close(): void {
    const { window } = this;
    this.window = null;
    window?.close();
  }

  private async open(zoom: number): Promise<void> {
    const { outDir, onFault, say } = this.parts;
    const window = openStartWindow(zoom, outDir, onFault);
    this.window = window;
    listenToPages(
      window.webContents,
      (transport) => {
        this.serve(transport);
      },
      say,
      onFault,
    );
    recoverFromCrashes(
      window,
      (page) => {
        if (page === 'again') {
          attempt(onFault, () => loadStartPage(window));
          return;
        }
        this.crashed = new Error(`${this.trouble?.title ?? ''}. The window that asks for another crashes.`);
        this.waiting?.fail(this.crashed);
      },
      say,
      onFault,
    );
    window.on(
      'close',
      guarded(onFault, (event) => {
        if (this.window === null) return;
        // The app ends with its own exit code, and not because its last window is gone.
        event.preventDefault();
        this.parts.quit();
      }),
    );
    await loadStartPage(window);
  }

  /** Serves a page, also after a reload. */
  private serve(transport: Transport): void {
    this.transport = transport;
    transport.onMessage((message) => {
      const answer = portAnswerSchema.safeParse(message).data;
      if (answer?.do === 'look') transport.post(this.trouble);
      else if (answer?.do === 'quit') this.parts.quit();
      else if (answer !== undefined) this.answer(answer);
    });
  }

  private answer(answer: Answer): void {
    const { waiting } = this;
    this.waiting = null;
    waiting?.answer(answer);
  }
}
