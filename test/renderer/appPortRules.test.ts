import { describe, expect, it } from 'vitest';
import { appPortProblem } from '../../renderer/views/settings/appPortRules.ts';

const settings = { httpPort: 5580, gatewayPort: 5559, publishPort: 5560 };
const main = { name: 'Main', commandPort: 5555, telemetryPort: 5556, feedbackPort: null };

describe('a port of the app', () => {
  it.each([
    ['5559', null],
    ['0', null],
    ['', 'whole number'],
    ['70000', 'whole number'],
    ['5560', 'port of the re-publication'],
    ['5555', 'Bridge Main'],
  ])('typed as %j', (typed, problem) => {
    const said = appPortProblem('gatewayPort', typed, settings, [main]);
    if (problem === null) expect(said).toBeNull();
    else expect(said).toContain(problem);
  });
});
