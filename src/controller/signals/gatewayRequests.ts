import { engineReplies } from '../../protocol/gateway/engineReply.ts';
import { readBridge, signalIdIn } from '../../protocol/gateway/engineRequest.ts';
import { type Fields, readFields, type RequestProblem } from '../../protocol/gateway/requestFields.ts';
import { engineAlarms } from '../alarms/engineAlarms.ts';
import type { EngineLists } from './engineLists.ts';
import type { EngineSignals } from './engineSignals.ts';
import { ofProblem, unauthorized } from './engineLimits.ts';
import type { EngineRuntime } from './engineRuntime.ts';
import { withLongId } from './longIds.ts';
import type { EngineClient } from './replyRouter.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import type { Clock } from '../ports/clock.ts';

/** Delay of the answer to a wrong token, ms, so that guessing is slow. */
const unauthorizedMs = 1_000;
/** Most delayed answers at a time; further wrong tokens get none. */
const mostUnauthorized = 200;

export interface GatewayRequestsContext {
  clock: Clock;
  engines: EngineSignals;
  lists: EngineLists;
  alarm: (alarm: AlarmText) => void;
}

/** Authenticates requests and dispatches them by type (G1). Without a token a client learns only that. */
export class GatewayRequests {
  private readonly context: GatewayRequestsContext;
  private unauthorized = 0;

  constructor(context: GatewayRequestsContext) {
    this.context = context;
  }

  /** Handles one request of the gateway. Never throws for its content. */
  request(frame: Uint8Array, client: EngineClient): void {
    const { engines, alarm } = this.context;
    const fields = readFields(frame);
    if (!fields.ok) {
      engines.log(`A request at the gateway was refused: ${fields.problem.reason}`);
      alarm(engineAlarms.malformed());
      client.reply(engineReplies.refused('', ofProblem(fields.problem), fields.problem.field), true);
      return;
    }
    const engine = engines.registry.authenticate(fields.value['engine'], fields.value['token']);
    if (engine === null) this.refuseStranger(fields.value, client);
    else this.serve(engine, fields.value, client);
  }

  private serve(engine: EngineRuntime, fields: Fields, asking: EngineClient): void {
    const { engines, lists } = this.context;
    const { signalId, longId } = engines.idsIn(engine, fields);
    const client = withLongId(asking, longId);
    switch (fields['type']) {
      case 'ping':
        client.reply(engineReplies.pong(engine.name), true);
        return;
      case 'signal':
        engines.signal(engine, fields, client);
        return;
      case 'close':
      case 'modify':
      case 'cancel':
        engines.change(engine, fields['type'], fields, client);
        return;
      case 'positions':
      case 'orders':
      case 'deals':
        lists.tell(engine, fields['type'], fields, asking);
        return;
      case 'order': {
        const bridge = readBridge(fields);
        if (bridge.ok) engines.tell(engine, signalId, bridge.value, client);
        else engines.refuseProblem(engine, signalId, bridge.problem, client);
        return;
      }
      default:
        engines.refuseProblem(engine, signalId, unknownType, client);
    }
  }

  private refuseStranger(fields: Fields, client: EngineClient): void {
    const { clock, engines, alarm } = this.context;
    const name = typeof fields['engine'] === 'string' ? fields['engine'] : '';
    const known = engines.registry.find(name) !== null;
    engines.log(
      `A request at the gateway was refused: ${known ? `a wrong token for engine ${name}` : 'an unknown engine'}.`,
    );
    alarm(engineAlarms.unauthorized(known ? name : null));
    if (this.unauthorized >= mostUnauthorized) return;
    this.unauthorized += 1;
    clock.after(unauthorizedMs, () => {
      this.unauthorized -= 1;
      client.reply(engineReplies.refused(signalIdIn(fields, () => '').signalId, unauthorized), true);
    });
  }
}

const unknownType: RequestProblem = {
  code: 'invalid_request',
  field: 'type',
  reason: '"type" must be signal, close, modify, cancel, order, positions, orders, deals or ping.',
};
