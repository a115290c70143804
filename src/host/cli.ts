#!/usr/bin/env node
import { Command, Option } from 'commander';
import { register as status } from './cli/status.ts';
import { register as positions } from './cli/positions.ts';
import { register as deals } from './cli/deals.ts';
import { register as change } from './cli/change.ts';
import { register as rules } from './cli/rules.ts';
import { register as arm } from './cli/arm.ts';
import { register as killSwitch } from './cli/killSwitch.ts';
import { register as settle } from './cli/settle.ts';
import { register as open } from './cli/open.ts';
import { register as fire } from './cli/fire.ts';
import { register as verify } from './cli/verify.ts';
import { register as exportJournal } from './cli/export.ts';
import { register as backup } from './cli/backup.ts';
import { register as paper } from './cli/paper.ts';
import { register as engines } from './cli/engines.ts';
import { register as feeds } from './cli/feeds.ts';
import { register as inbox } from './cli/inbox.ts';
import { register as installEa } from './cli/installEa.ts';
import type { AppOptions } from './cli/withApp.ts';
import { parseFolder } from './config/readTyped.ts';
import { defaultDataDir } from './folder/dataFolder.ts';
import { version } from './machine/version.ts';

const program = new Command('bitten-desk')
  .description('Steers a running BITTEN Desk')
  .version(version)
  .addOption(
    new Option('--data-dir <folder>', 'data folder of the running app')
      .env('BITTEN_DATA_DIR')
      .argParser(parseFolder)
      .default(defaultDataDir()),
  )
  .option('--json', 'print JSON', false);

// In the order of the help.
const commands = [
  status,
  positions,
  deals,
  arm,
  killSwitch,
  settle,
  open,
  fire,
  change,
  rules,
  verify,
  exportJournal,
  backup,
  paper,
  engines,
  feeds,
  inbox,
  installEa,
];
for (const register of commands) register(program, () => program.opts<AppOptions>());

await program.parseAsync();
