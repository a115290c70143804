import type { BridgeStatus } from '../../api/state/state.ts';
import type { Controller } from '../../controller/controller.ts';
import type { Log } from './log.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';

/** Logs orders, alarms, lamps and unreadable frames, for the search after a failure. */
export function logEvents(controller: Controller, log: Log): Unsubscribe {
  const lamps = new Map<string, string>();
  const logLamps = (id: string, { channels, armed }: BridgeStatus): void => {
    const { command, telemetry, feedback } = channels;
    const text = `command ${command.state}, telemetry ${telemetry.state}, feedback ${feedback.state}, ${armed ? 'armed' : 'disarmed'}`;
    if (lamps.get(id) === text) return;
    lamps.set(id, text);
    log.info(text, { bridge: id });
  };
  return controller.follow(({ event }) => {
    switch (event.type) {
      case 'order': {
        const { number, bridge, signalId, state, refusal, message, ticket, roundTripMs } = event.order;
        log.info('order', { number, bridge, signalId, state, code: refusal?.code, message, ticket, roundTripMs });
        break;
      }
      case 'alarm': {
        const { level, bridge, code, text, count } = event.alarm;
        const details = { level, bridge, code, count };
        if (level === 'notice') log.info(text, details);
        else log.warn(text, details);
        break;
      }
      case 'unreadable': {
        const last = event.frames.at(-1);
        if (last !== undefined) log.info(last.reason, { bridge: last.bridge, frame: last.number, size: last.size });
        break;
      }
      case 'bridge_added':
        logLamps(event.bridge.id, event.bridge);
        break;
      case 'bridge_status':
        logLamps(event.id, event.status);
        break;
      default:
        break;
    }
  });
}
