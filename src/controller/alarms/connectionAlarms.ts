import type { UnexpectedPeerKind } from '../../api/state/connectionReport.ts';
import type { AlarmText } from './alarm.ts';

/** Kinds of peers, as the rest of a sentence. */
const descriptions: Record<UnexpectedPeerKind, string> = {
  not_zeromq: 'it does not speak ZeroMQ.',
  silent: 'it said nothing.',
  left: 'it left without a word of ZeroMQ.',
  wrong_type: 'it speaks ZeroMQ, but its socket is not of the type that this port takes.',
  no_subscription: 'it has shaken hands as a SUB, but subscribes to nothing, so no command would reach it.',
};

/** Alarms about connections: the EA's that is lost, and those of others. */
export const connectionAlarms = {
  eaLost: (endpoint: string): AlarmText => ({
    level: 'critical',
    code: 'ea_lost',
    text: `The EA at ${endpoint} is gone while the bridge is armed.`,
    nextStep:
      'Look whether MT5 still runs and the EA is on its chart. Nothing is bought or sold until it is back; what is open stays open.',
    family: 'ea_lost',
  }),
  /** @param why the sentence of the port that can't be bound */
  commandPortLost: (why: string): AlarmText => ({
    level: 'critical',
    code: 'command_port_lost',
    text: `The EA can't connect for commands, because the port was not opened anew. ${why}`,
    nextStep: 'Nothing is bought, sold or closed here before. The desk tries each second, and needs no start for it.',
    family: 'command_port_lost',
  }),
  notAllowed: (address: string, endpoint: string): AlarmText => ({
    level: 'warning',
    code: 'address_not_allowed',
    text: `${address} tried to connect to ${endpoint} and is not among the allowed addresses.`,
    nextStep:
      'If it is your terminal, add its address (gear, Bridge settings, Computers that may connect) and start the desk again.',
    family: 'address_not_allowed',
  }),
  unexpectedPeer: (endpoint: string, kind: UnexpectedPeerKind): AlarmText => ({
    level: 'notice',
    code: 'stranger',
    text: `Something that is no EA connected to ${endpoint}: ${descriptions[kind]}`,
    nextStep: 'Nothing was harmed. If it was meant to be the EA, compare its addresses with those of this bridge.',
  }),
} as const;
