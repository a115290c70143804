import { describe, expect, it } from 'vitest';
import { defaultPorts, portProblem, portSettingsSchema } from '../../src/protocol/ea/portSettings.ts';

const problem = (changes: Partial<typeof defaultPorts>) => portProblem({ ...defaultPorts, ...changes });

describe('portProblem', () => {
  it('finds nothing wrong with the documented ports', () => {
    expect(portSettingsSchema.parse(defaultPorts)).toEqual(defaultPorts);
    expect(problem({})).toBeNull();
    expect(problem({ feedbackPort: 5557 })).toBeNull();
  });

  it('names two flows on one port', () => {
    expect(problem({ telemetryPort: 5555 })).toEqual({
      field: 'telemetryPort',
      sentence: "Commands and telemetry can't both be on port 5555: change one of them.",
    });
    expect(problem({ feedbackPort: 5556 })).toMatchObject({ field: 'feedbackPort' });
    expect(problem({ feedbackPort: 5555 })?.sentence).toContain('Commands and feedback');
  });

  it('takes as many free ports as are wished for', () => {
    expect(problem({ commandPort: 0, telemetryPort: 0, feedbackPort: 0 })).toBeNull();
  });

  it('wants a port of its own for REQ', () => {
    expect(problem({ feedbackPattern: 'req' })).toMatchObject({ field: 'feedbackPort' });
    expect(problem({ feedbackPattern: 'req', feedbackPort: 5557 })).toBeNull();
  });

  it('opens no interface to other machines without the name of one that may come', () => {
    expect(problem({ host: '0.0.0.0' })).toMatchObject({ field: 'allowPeers' });
    expect(problem({ host: '127.0.0.2' })).toBeNull();
    expect(problem({ host: '::1' })).toBeNull();
    expect(problem({ host: '192.168.1.5', allowPeers: ['192.168.1.9'] })).toBeNull();
  });

  it.each(['localhost', '5555', '1.2.3', ''])('takes no host that is no IP address: %j', (host) => {
    expect(portSettingsSchema.safeParse({ ...defaultPorts, host }).success).toBe(false);
  });
});
