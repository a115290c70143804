import { z } from 'zod';

/** Folder of a terminal's data, as found or typed. */
export const terminalFolderSchema = z.string().trim().min(1).max(1_000);

/** A MetaTrader 5 on the desk's machine, and what it has of the desk's own EA. */
export interface EaTerminal {
  /** Folder of its data, in which `MQL5` is. */
  data: string;
  /** Folder of its programs; null: not known. */
  programs: string | null;
  /** Version of the EA's files there; null: there are none. */
  version: string | null;
  /** Whether the EA has been compiled since its files were copied. */
  compiled: boolean;
}

export interface EaTerminals {
  /** Name of the machine that the desk runs on: the one that is searched. */
  machine: string;
  /** False: no Windows, so nothing was searched. */
  searched: boolean;
  terminals: EaTerminal[];
}

/** The EA's inputs that a bridge decides. */
export interface EaInputs {
  /** IP address, without brackets. */
  host: string;
  commandPort: number;
  telemetryPort: number;
  /** Null: feedback shares the telemetry port. */
  feedbackPort: number | null;
  isPublished: boolean;
  isRequest: boolean;
}

export interface InstalledEa {
  /** Folder of the terminal's data. */
  terminal: string;
  /** Version of the EA that was copied. */
  version: string;
  /** The file with the inputs, below the terminal's folder. */
  preset: string;
  /** `missing`: there is no MetaEditor; MetaTrader compiles the EA when a person opens it there. */
  compiled: 'ok' | 'failed' | 'missing';
  /** Errors and warnings of MetaEditor by line, or why it could not be done. */
  messages: string[];
  inputs: EaInputs;
}
