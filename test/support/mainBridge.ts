import type { BridgeConfig } from '../../src/controller/bridge/bridgeConfig.ts';
import { defaultPorts } from '../../src/protocol/ea/portSettings.ts';
import { openLimits, openSymbols } from './openLimits.ts';

/** A bridge that lets everything pass: no limit, every symbol, armed. */
export const mainBridge: BridgeConfig = {
  id: 'main',
  name: 'Main',
  kind: 'real',
  colour: '#3b82f6',
  currency: null,
  stopUnit: 'points',
  positionMode: 'hedging',
  lots: { min: 0.01, max: 50, step: 0.01 },
  slippage: 10,
  ...defaultPorts,
  heavyRiskPercent: 5,
  limits: openLimits,
  ...openSymbols,
  armed: true,
  startFlags: [],
};
