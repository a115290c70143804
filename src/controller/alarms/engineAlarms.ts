import type { AlarmText } from './alarm.ts';

/** Alarms about engines. */
export const engineAlarms = {
  halted: (name: string, why: string): AlarmText => ({
    level: 'critical',
    code: 'engine_halted',
    text: `Engine ${name} was halted: ${why}. Nothing that it asks for is fired.`,
    nextStep: 'Find out what is wrong with it, then press "Resume" in the engines of the desk.',
  }),
  /** @param name of the engine; null: there is none of the name used */
  unauthorized: (name: string | null): AlarmText => ({
    level: 'warning',
    code: 'engine_unauthorized',
    text:
      name === null
        ? 'A program asked at the gateway as an engine that does not exist. It was refused.'
        : `A program asked at the gateway as engine ${name} with a wrong token. It was refused.`,
    nextStep:
      'If it is yours, give it the token that the desk showed when the engine was added, or add the engine anew.',
  }),
  malformed: (): AlarmText => ({
    level: 'warning',
    code: 'gateway_malformed',
    text: 'A program sent something to the gateway that is no request. It was refused.',
    nextStep: 'See the log for what it was, and docs/engines.md for how a request looks.',
  }),
  waiting: (source: string, what: string): AlarmText => ({
    level: 'notice',
    code: 'signal_waiting',
    text: `${source} asks to ${what}.`,
    nextStep: 'Fire or dismiss it in the inbox before it expires.',
  }),
} as const;
