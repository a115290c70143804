import type { EaKind } from '../../src/protocol/ea/portSettings.ts';

export const eaKindNames: Record<EaKind, string> = { bitten: 'BITTEN Desk EA', v7: 'BITTEN v7', other: 'Another' };
