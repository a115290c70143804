import { spawnSync } from 'node:child_process';
import { run, type Running } from './processes.ts';

const candidates = ['/usr/bin/python3', 'python3', 'python'];

/** A Python that has pyzmq, or null. */
export function findPython(): string | null {
  const hasZmq = (program: string): boolean =>
    spawnSync(program, ['-c', 'import zmq'], { stdio: 'ignore' }).status === 0;
  return candidates.find(hasZmq) ?? null;
}

export const python = findPython();

export type PeerMode = 'fill' | 'reject' | 'silent' | 'vague';

/** The EA of test/peers/ea.py. */
export function startPythonEa(
  bridge: { command: string; telemetry: string; feedback: string },
  mode: PeerMode,
  ...flags: string[]
): Running {
  if (python === null) throw new Error('There is no Python with pyzmq.');
  return run(['test/peers/ea.py', bridge.command, bridge.telemetry, bridge.feedback, mode, ...flags], {
    program: python,
  });
}
