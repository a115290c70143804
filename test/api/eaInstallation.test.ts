import { describe, expect, it } from 'vitest';
import { allowedUrls, installationSteps, otherPortsText } from '../../src/api/presentation/eaInstallationText.ts';
import type { BridgeState } from '../../src/api/state/state.ts';

const inputs = {
  ...{ host: '127.0.0.1', commandPort: 5555, telemetryPort: 5556, feedbackPort: null },
  ...{ isPublished: false, isRequest: false },
};

/** A bridge of the usual ports. */
function bridge(changes: Partial<BridgeState> = {}): BridgeState {
  const endpoints = { command: 'tcp://127.0.0.1:5555', telemetry: 'tcp://127.0.0.1:5556' };
  const usual = { commandPort: 5555, telemetryPort: 5556, feedbackPort: null, startFlags: [] };
  return { ...usual, endpoints: { ...endpoints, feedback: endpoints.telemetry }, ...changes } as unknown as BridgeState;
}

describe('what is left to a person after an installation', () => {
  it('names the address and each port for the list of allowed URLs, in brackets for IPv6', () => {
    expect(allowedUrls(inputs)).toEqual(['127.0.0.1', '127.0.0.1:5555', '127.0.0.1:5556']);
    expect(allowedUrls({ ...inputs, host: '::1', feedbackPort: 5557 })).toEqual([
      '[::1]',
      '[::1]:5555',
      '[::1]:5556',
      '[::1]:5557',
    ]);
  });

  it.each(['MQL5/Presets/BittenDesk-main.set', 'MQL5\\Presets\\BittenDesk-main.set'])(
    'names the file of %s',
    (preset) => {
      const steps = installationSteps({ inputs, preset });
      expect(steps).toHaveLength(3);
      expect(steps[2]).toContain('and load BittenDesk-main.set (Inputs, Load)');
    },
  );
});

describe('ports that change with the next start', () => {
  it('are told where the settings name other ones than are open', () => {
    expect(otherPortsText(bridge())).toBeNull();
    expect(otherPortsText(bridge({ commandPort: 6555 }))).toContain('install the EA after that start');
    expect(otherPortsText(bridge({ feedbackPort: 5557 }))).not.toBeNull();
    // Port 0 is another one at each start.
    expect(otherPortsText(bridge({ commandPort: 0 }))).not.toBeNull();
  });

  it('are not told where flags of the start have set them', () => {
    expect(otherPortsText(bridge({ commandPort: 6555, startFlags: ['--command-port'] }))).toBeNull();
  });
});
