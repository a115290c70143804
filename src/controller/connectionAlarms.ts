import type { AlarmText } from './alarmBook.ts';

/** What a person is told of connections that are not the EA's. */
export const connectionAlarms = {
  notAllowed: (address: string, endpoint: string): AlarmText => ({
    level: 'warning',
    code: 'address_not_allowed',
    text: `${address} tried to connect to ${endpoint} and is not among the allowed addresses.`,
    nextStep: 'If it is your terminal, start with --allow-peer and its address.',
  }),
  stranger: (endpoint: string, detail: string): AlarmText => ({
    level: 'notice',
    code: 'stranger',
    text: `Something that is no EA connected to ${endpoint}: ${detail}`,
    nextStep: 'Nothing was harmed. If it was meant to be the EA, compare its addresses with those of this bridge.',
  }),
} as const;
