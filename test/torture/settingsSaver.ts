import { loadConfig, saveConfig } from '../../src/host/config/config.ts';
import { setTag, tagOf } from './settingsTag.ts';

// Saves one change after another and says each that it was told was saved, until it is killed.

const [dataDir = ''] = process.argv.slice(2);
const config = loadConfig(dataDir);
for (let tag = (tagOf(config) ?? 0) + 1; ; tag += 1) {
  saveConfig(dataDir, setTag(config, tag));
  process.stdout.write(`${String(tag)}\n`);
}
