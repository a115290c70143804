import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

interface BuilderConfig {
  npmRebuild: boolean;
  asarUnpack: string[];
  extraResources: object[];
  electronFuses: Record<string, boolean>;
}

// electron-builder's own loader and schema, as `npm run dist` uses them.
const root = join(import.meta.dirname, '..', '..');
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const { getConfig, validateConfiguration } = builder('app-builder-lib/out/util/config/config') as {
  getConfig: (projectDir: string, file: string, options: null) => Promise<BuilderConfig>;
  validateConfiguration: (config: unknown, log: { isEnabled: boolean; add: () => void }) => Promise<void>;
};
const log = { isEnabled: false, add: () => undefined };

describe('electron-builder.yml', () => {
  it('is valid by the schema of electron-builder', async () => {
    const config = await getConfig(root, 'electron-builder.yml', null);
    await expect(validateConfiguration(config, log)).resolves.toBeUndefined();
  });

  it('lays the sources of the EA beside the archive, where MetaTrader can take them from', async () => {
    const config = await getConfig(root, 'electron-builder.yml', null);
    expect(config.extraResources).toContainEqual({ from: 'mt5', to: 'mt5' });
  });

  it('would be refused with a field that the schema does not know', async () => {
    const config = await getConfig(root, 'electron-builder.yml', null);
    await expect(validateConfiguration({ ...config, asarUnpak: [] }, log)).rejects.toThrow(/asarUnpak/);
  });

  it('unpacks every native module, rebuilds none, and locks the runtime down', async () => {
    const config = await getConfig(root, 'electron-builder.yml', null);
    const native = Object.keys(packageJson.dependencies).filter((name) => ['zeromq', 'better-sqlite3'].includes(name));
    expect(native).toContain('zeromq');
    for (const name of native) expect(config.asarUnpack).toContain(`node_modules/${name}/**`);
    expect(config.npmRebuild).toBe(false);
    expect(config.electronFuses).toMatchObject({ runAsNode: false, onlyLoadAppFromAsar: true });
  });
});
