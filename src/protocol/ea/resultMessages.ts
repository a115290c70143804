import { z } from 'zod';
import { asAnswer, asErrorAnswer } from './answerFields.ts';
import { amount, text, uuid, words } from './messageFields.ts';
import { errorCodeSchema } from '../protocol8/errorCodes.ts';
import { readDecimal } from '../../domain/arithmetic/decimal.ts';
import { ticketPattern } from '../../domain/orders/ticket.ts';

// Results and errors of orders (W12, N4), in the wire's own field names. A secondary field with an invalid value is
// dropped alone, and the message stays readable.

/** N4: it was told before. */
const repeat = z.boolean().optional().catch(undefined);

/** A figure of a trade; some EAs write it as text. */
const tradeFigure = z
  .union([z.number(), z.string().transform((said) => Number(readDecimal(said.trim()) ?? Number.NaN))])
  .pipe(z.number())
  .optional()
  .catch(undefined);
const signalId = z.union([z.string(), z.number().int().transform(String)]).catch('');

/** A return code of MT5 or an error number. */
const code = z
  .union([
    z.number(),
    z
      .string()
      .trim()
      .regex(/^\d{1,6}$/)
      .transform(Number),
  ])
  .pipe(z.number().int())
  .optional()
  .catch(undefined);
const codes = {
  retcode: code,
  code,
  error_code: code,
  /** Further codes, from other names and nested objects. */
  codes: z.array(z.number()).optional(),
};

const ticket = z.union([z.string().trim().regex(ticketPattern), z.number().int().transform(String)]);

const resultFields = z.object({
  signal_id: signalId,
  status: words,
  ticket: ticket.optional().catch(undefined),
  price: tradeFigure,
  lot: tradeFigure,
  lots: tradeFigure,
  volume: tradeFigure,
  /** Lots under a name that says "traded". */
  traded: tradeFigure,
  ...codes,
  message: text,
  balance: amount,
  equity: amount,
  margin: amount,
  repeat,
});

export const tradeResultSchema = z.preprocess(asAnswer, resultFields);

/** W12: a trade_result that names the order's ID in another field. */
export const confirmationSchema = z.preprocess(
  asAnswer,
  resultFields
    .omit({ signal_id: true })
    .extend({ fire_id: signalId, user_uuid: uuid })
    .transform(({ fire_id, user_uuid, ...rest }) => ({
      ...rest,
      signal_id: fire_id,
      ...(user_uuid === undefined ? {} : { uuid: user_uuid }),
    })),
);

export const eaErrorSchema = z.preprocess(
  withVerdict,
  z.object({
    signal_id: signalId,
    /** Some EAs send the bare code as `error`. */
    error: z.union([words, z.number().transform(String)]),
    ticket: ticket.optional().catch(undefined),
    price: tradeFigure,
    ...codes,
    verdict: errorCodeSchema.optional().catch(undefined),
    repeat,
  }),
);

/** N4: the code of an EA of protocol 8 is a word. */
function withVerdict(input: unknown): unknown {
  const answer = asErrorAnswer(input);
  if (typeof answer !== 'object' || answer === null || !('code' in answer)) return answer;
  return { ...answer, verdict: answer.code };
}

export type TradeResult = z.infer<typeof tradeResultSchema> & { uuid?: string };
export type EaError = z.infer<typeof eaErrorSchema>;
