import type { z } from 'zod';
import type { Fields, Read, RequestProblem } from './requestFields.ts';

const codes: Record<string, RequestProblem['code']> = {
  signal_id: 'invalid_signal_id',
  bridge: 'invalid_bridge',
  lot: 'invalid_lot',
  sl_price: 'invalid_sl',
  tp_price: 'invalid_tp',
};

/** Names by which a signal says its stops, in other units than a price. */
const stopUnits = /^(sl|tp|stop|take|target)/i;

/** The first thing wrong with a request, as one sentence. @param type of the request */
export function firstProblem(
  { issues }: z.ZodError,
  type: string,
  fields: Fields,
): Extract<Read<never>, { ok: false }> {
  const [issue] = issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = unknown ?? String(issue?.path[0] ?? 'request');
  return { ok: false, problem: { code: codes[field] ?? 'invalid_request', field, reason: reasonOf() } };

  function reasonOf(): string {
    if (unknown !== undefined) {
      const more = type === 'modify' && stopUnits.test(unknown) ? ': stops are prices, sl_price and tp_price' : '';
      return `"${unknown.slice(0, 40)}" is no field of a request of type ${type}${more}.`;
    }
    return `"${field}" ${fields[field] === undefined ? 'is missing' : (issue?.message ?? 'is not valid')}.`;
  }
}
