import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContractFailure } from '../../api/contractFailure.ts';
import type { EaTerminals, InstalledEa } from '../../api/queries/eaInstallation.ts';
import type { AppState } from '../../api/state/state.ts';
import { readEaVersion } from '../../protocol/protocol8/ownEa.ts';
import { eaInputsOf } from './eaInputs.ts';
import { whyNotInstall } from './eaRefusals.ts';
import { installEa } from './installEa.ts';
import { findTerminals, terminalAt, withEa } from './terminals.ts';

interface EaInstallerParts {
  /** Folder of the EA's files that come with the desk. */
  source: string;
  /** The user's folder for programs' data, `%APPDATA%`; null: no Windows, so that nothing is searched. */
  appData: string | null;
  /** Name of this machine. */
  machine: string;
  log: (sentence: string, details: object) => void;
}

/** Puts the desk's own EA into the terminals of this machine, one at a time. */
export class EaInstaller {
  private readonly parts: EaInstallerParts;
  private readonly ending = new AbortController();
  private isBusy = false;
  /** Version of the EA that comes with the desk; null: its files can't be read. */
  readonly version: string | null;

  constructor(parts: EaInstallerParts) {
    this.parts = parts;
    this.version = shippedVersion(parts.source);
  }

  async terminals(): Promise<EaTerminals> {
    const { appData, machine } = this.parts;
    const found = appData === null ? [] : await findTerminals(appData);
    return { machine, searched: appData !== null, terminals: await Promise.all(found.map(withEa)) };
  }

  /**
   * @param folder of a terminal's data, as found or typed
   * @throws ContractFailure `not_found`, `not_possible`: nothing was copied
   */
  async install(state: AppState, id: string, folder: string): Promise<InstalledEa> {
    const bridge = state.bridges.find((each) => each.id === id);
    if (bridge === undefined) throw new ContractFailure({ code: 'not_found', message: `There is no bridge ${id}.` });
    const { version } = this;
    const { source, log } = this.parts;
    const why =
      version === null
        ? `The files of the EA are missing from ${source}. Install the desk anew.`
        : this.isBusy
          ? 'The EA is being installed already. Wait until that is done.'
          : whyNotInstall(state, bridge);
    if (why !== null || version === null) throw refused(why ?? '');
    this.isBusy = true;
    try {
      const terminal = await terminalAt(folder);
      if (typeof terminal === 'string') throw refused(terminal);
      const inputs = eaInputsOf(bridge);
      const { signal } = this.ending;
      const installed = await installEa(terminal, { source, version, bridge: id, inputs, signal });
      log('The EA was installed.', installed);
      return installed;
    } finally {
      this.isBusy = false;
    }
  }

  /** Ends a MetaEditor that still compiles. */
  stop(): void {
    this.ending.abort();
  }
}

function shippedVersion(source: string): string | null {
  try {
    return readEaVersion(readFileSync(join(source, 'Include', 'BittenDesk', 'Account.mqh'), 'utf8'));
  } catch {
    // The desk trades without its own EA's files too.
    return null;
  }
}

function refused(message: string): ContractFailure {
  return new ContractFailure({ code: 'not_possible', message });
}
