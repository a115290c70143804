import type { ChannelName } from '../../api/state/state.ts';
import { socketTypes } from '../../protocol/ea/socketPatterns.ts';
import { failed, isConnected, lineName, ok, ownSockets, type Judgement, type ProofFacts } from './checkLayers.ts';

/**
 * Age from which a visit of a browser or port scanner says nothing about the EA, ms. A socket of a wrong type connects
 * only once and doesn't age.
 */
const oldMs = 60_000;

/** Judges whether the EA speaks ZeroMQ on every port, with the right socket type. */
export function judgeZeromq(facts: ProofFacts): Judgement {
  const { bridge } = facts;
  const sockets = ownSockets(bridge);
  const missing = sockets.filter((channel) => !isConnected(bridge, channel));
  if (bridge.secondPeer !== null) {
    // Refused before its socket's type was known: the same EA, if its other port has no peer.
    const { channel: used } = bridge.secondPeer;
    const other = missing.find((each) => each !== used);
    return other === undefined ? second(facts) : bothTheSame(facts, used, other);
  }
  const [channel] = missing;
  if (channel === undefined) {
    const types = socketTypes(bridge.running);
    const said = sockets.map((each) => `${types[each].ea} on ${each}`).join(', ');
    return ok(`The EA speaks ZeroMQ with the right sockets: ${said}.`);
  }
  if (isOfWrongType(facts, 'command') && isOfWrongType(facts, 'telemetry')) return crossed(facts);
  const samePort = sockets.find((each) => isConnected(bridge, each) && isOfWrongType(facts, each));
  if (samePort !== undefined) return bothTheSame(facts, samePort, channel);
  const told = missing.map((each) => judgeAttempt(facts, each)).find((judged) => judged !== null);
  return told ?? onlyOne(facts, missing);
}

function isOfWrongType({ attempts }: ProofFacts, channel: ChannelName): boolean {
  return attempts[channel]?.kind === 'wrong_type';
}

function second({ bridge }: ProofFacts): Judgement {
  const { secondPeer, endpoints } = bridge;
  const where = secondPeer === null ? '' : endpoints[secondPeer.channel];
  return failed(
    `A second EA at ${secondPeer?.address ?? ''} wants to connect to ${where} and is refused: one bridge serves one EA.`,
    [
      'The EA is on two charts.',
      'A second terminal has the same addresses.',
      'Another controller or test program connects like an EA.',
    ],
    'Remove the EA that does not belong here from its chart in MT5, then press "Resume trading".',
  );
}

function crossed({ bridge }: ProofFacts): Judgement {
  const { command, telemetry } = bridge.endpoints;
  const types = socketTypes(bridge.running);
  return failed(
    'Both ports were reached by sockets of the wrong type: the two addresses in the EA are most likely crossed.',
    [
      'BACKEND_ENDPOINT and HEARTBEAT_ENDPOINT are exchanged.',
      'It is no EA: a program of the wider system that reads 5556 or writes to 5555. Stop it, or give it other addresses.',
      `The EA is written for other socket types: it needs ${types.command.ea} for commands and ${types.telemetry.ea} for telemetry.`,
    ],
    `Set BACKEND_ENDPOINT to ${command} and HEARTBEAT_ENDPOINT to ${telemetry}, and compile the EA again (F7).`,
  );
}

function bothTheSame({ bridge }: ProofFacts, used: ChannelName, missing: ChannelName): Judgement {
  return failed(
    `The ${used} port was reached twice, and nothing came to ${missing}.`,
    [`${capital(lineName(missing))} names the port that belongs to ${used}.`],
    `Set ${lineName(missing)} to ${bridge.endpoints[missing]}, and compile the EA again (F7).`,
  );
}

/** Judges a port without an EA by the last connection to it. */
function judgeAttempt({ bridge, attempts, now }: ProofFacts, channel: ChannelName): Judgement | null {
  const attempt = attempts[channel];
  if (attempt === null || (attempt.kind !== 'wrong_type' && now - attempt.at > oldMs)) return null;
  const endpoint = bridge.endpoints[channel];
  const { core, ea } = socketTypes(bridge.running)[channel];
  switch (attempt.kind) {
    case 'wrong_type':
      return failed(
        `Something speaks ZeroMQ on ${endpoint}, but its socket is of the wrong type: this port is ${core} and takes ${ea}.`,
        [
          `${capital(lineName(channel))} and the other address in the EA are crossed.`,
          `The EA uses another pattern for ${channel} than ${core}–${ea}.`,
        ],
        channel === 'telemetry'
          ? `Let the EA connect a ${ea} socket to ${endpoint}.`
          : `Let the EA connect a ${ea} socket to ${endpoint}, or choose its pattern (gear, Bridge settings, Connection to the EA) and start again.`,
      );
    case 'no_subscription':
      return failed(
        `A SUB has connected to ${endpoint}, but subscribes to nothing, so no command would reach it.`,
        ['The EA sets no subscription.'],
        'Let the EA subscribe to everything (an empty topic) right after it connects.',
      );
    case 'not_zeromq':
      return failed(
        `Something connected to ${endpoint} and does not speak ZeroMQ.`,
        ['A browser or an HTTP client was pointed at this port.', 'The EA uses plain sockets instead of ZeroMQ.'],
        `Point the EA's ZeroMQ ${ea} socket at ${endpoint}, and nothing else.`,
      );
    case 'silent':
    case 'left':
      return failed(
        attempt.kind === 'silent'
          ? `Something connected to ${endpoint} and said nothing.`
          : `Something connected to ${endpoint} and left without a word of ZeroMQ.`,
        ['A port scanner, a virus scanner or a firewall looked at the port.', 'It is not the EA.'],
        `Look in MT5's Experts log whether the EA says "Connected", and whether it names ${endpoint}.`,
      );
  }
}

function onlyOne({ bridge }: ProofFacts, missing: ChannelName[]): Judgement {
  const [channel = 'command'] = missing;
  const there = ownSockets(bridge).filter((each) => isConnected(bridge, each));
  const line = lineName(channel);
  return failed(
    `Only ${there.join(' and ')} is connected; nothing came to ${channel} on ${bridge.endpoints[channel]}.`,
    [
      `${capital(line)} is missing in the EA, or names another port or machine.`,
      `A firewall lets ${there.join(' and ')} through and stops this port.`,
    ],
    `Set ${line} to ${bridge.endpoints[channel]}, and compile the EA again (F7).`,
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
