import type { Config } from '../../src/host/config/configSchema.ts';

/** The settings with a number in several of them, so that half a change can be told. */
export function setTag(config: Config, tag: number): Config {
  return {
    ...config,
    settings: { ...config.settings, httpPort: tag % 60_000 },
    bridge: { ...config.bridge, name: `Main ${String(tag)}`, limits: { ...config.bridge.limits, tradesPerDay: tag } },
    paper: { ...config.paper, name: `Paper ${String(tag)}` },
  };
}

/** @returns the number; null: the settings hold none, or parts of different changes */
export function tagOf({ settings, bridge, paper }: Config): number | null {
  const tag = bridge.limits.tradesPerDay;
  if (tag === null) return null;
  const whole =
    settings.httpPort === tag % 60_000 &&
    bridge.name === `Main ${String(tag)}` &&
    paper.name === `Paper ${String(tag)}`;
  return whole ? tag : null;
}
