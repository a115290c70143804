import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEaVersion } from '../../src/protocol/protocol8/ownEa.ts';

const account = join(import.meta.dirname, '..', '..', 'mt5', 'Include', 'BittenDesk', 'Account.mqh');

/** Version of the EA that comes with the desk. */
export const shippedEa = readEaVersion(readFileSync(account, 'utf8')) ?? '';
