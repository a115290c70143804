import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * Keeps compiled sources between starts, which halves the time of one. Not in the system's folder for temporary files: what
 * another user can write there would be run here. A folder that can't be written costs nothing but the time.
 */
export const compileCacheDir = join(import.meta.dirname, '..', 'node_modules', '.cache', 'compiled');

enableCompileCache(compileCacheDir);
