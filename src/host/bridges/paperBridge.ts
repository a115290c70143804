import { join } from 'node:path';
import { ContractFailure } from '../../api/contractFailure.ts';
import { attempt, faultsOf } from '../../base/guard.ts';
import type { PaperFault } from '../../api/state/state.ts';
import type { Controller } from '../../controller/controller.ts';
import { openLink } from '../../zmq/openLink.ts';
import { paperBridgeId } from '../config/configSchema.ts';
import { makeFolder } from '../machine/makeFolder.ts';
import type { HostJournal } from '../folder/openJournal.ts';
import type { BridgeSettings } from '../../api/settings/bridgeSettings.ts';

/** A paper EA that runs in a process of its own. */
export interface PaperProcess {
  setFault: (fault: PaperFault) => void;
  /** Resolves when it has ended. */
  stop: () => Promise<void>;
}

/** Starts a paper EA with these flags: a child process, or Electron's utility process. */
export type LaunchPaper = (flags: string[], onExit: (code: number | null) => void) => PaperProcess;

interface PaperBridgeOptions {
  launch: LaunchPaper;
  /** The app's; the paper bridge has a folder of its own in it. */
  dataDir: string;
  openJournal: (dataDir: string) => HostJournal;
  settings: () => BridgeSettings;
  logError: (sentence: string, error?: unknown) => void;
}

/** The bridge `paper`: free ports, a data folder of its own, and the paper EA connected to it and to nothing else. */
export class PaperBridge {
  private readonly controller: Controller;
  private readonly launch: LaunchPaper;
  private readonly dataDir: string;
  private readonly openJournal: PaperBridgeOptions['openJournal'];
  private readonly settings: PaperBridgeOptions['settings'];
  private readonly logError: PaperBridgeOptions['logError'];
  private opened: HostJournal | null = null;
  private process: PaperProcess | null = null;
  private starting = false;

  constructor(controller: Controller, options: PaperBridgeOptions) {
    this.controller = controller;
    this.launch = options.launch;
    this.dataDir = join(options.dataDir, 'paper');
    this.openJournal = options.openJournal;
    this.settings = options.settings;
    this.logError = options.logError;
  }

  /** Does nothing when it runs already. */
  async start(): Promise<void> {
    if (this.process !== null || this.starting) return;
    this.starting = true;
    try {
      await this.stop();
      makeFolder(this.dataDir);
      const link = await openLink({
        host: '127.0.0.1',
        commandPort: 0,
        telemetryPort: 0,
        feedbackPort: null,
        patterns: { command: 'push', feedback: 'push' },
        allowPeers: [],
        telemetryPeers: 1,
        logError: this.logError,
      });
      this.opened = this.openJournal(this.dataDir);
      this.controller.addBridge(
        { ...this.settings(), id: paperBridgeId, kind: 'paper', armed: true, startFlags: [] },
        link,
        this.opened.journal,
      );
      const flags = ['--command', link.endpoints.command, '--telemetry', link.endpoints.telemetry];
      const launched = this.launch(flags, (code) => {
        attempt(faultsOf('paper', this.logError), () => {
          if (this.process === launched) this.ended(code);
        });
      });
      this.process = launched;
      this.controller.setPaperFault('none');
    } finally {
      this.starting = false;
    }
  }

  async stop(): Promise<void> {
    const running = this.process;
    this.process = null;
    if (this.controller.hasBridge(paperBridgeId)) {
      await this.controller.removeBridge(paperBridgeId);
      this.controller.setPaperFault(null);
    }
    await running?.stop();
    await this.opened?.close();
    this.opened = null;
  }

  setFault(fault: PaperFault): void {
    if (this.process === null) {
      throw new ContractFailure({ code: 'not_possible', message: 'The paper EA does not run. Start it first.' });
    }
    this.process.setFault(fault);
    this.controller.setPaperFault(fault);
  }

  private ended(code: number | null): void {
    this.process = null;
    this.controller.alarm(paperBridgeId, {
      level: 'warning',
      code: 'paper_ended',
      text: `The paper EA has ended by itself (exit code ${String(code)}).`,
      nextStep: 'Start it again with "Try it with the paper EA".',
    });
  }
}
