import type { Command } from 'commander';
import type { AppOptions } from './withApp.ts';

/** Adds a command to the program. @param options of the program, once its arguments are read */
export type Register = (program: Command, options: () => AppOptions) => void;
