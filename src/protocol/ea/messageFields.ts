import { z } from 'zod';
import { visible } from '../../base/visibleText.ts';

// Fields that several messages of EAs have.

/** A secondary number: an invalid one is dropped alone, and the message stays readable. */
export const amount = z.number().optional().catch(undefined);
/** Texts of EAs and brokers are for display alone; invisible characters are made visible. */
export const words = z.string().transform(visible);
/** Longest symbol, characters, as in an order. MT5's own limit is 31; long names would fill the memory. */
export const symbolName = z.string().min(1).max(64).transform(visible);
/** A secondary text. */
export const text = words.optional().catch(undefined);
/** Name of an account by itself (R4); a blank one is none. */
export const uuid = z.string().regex(/\S/).transform(visible).optional().catch(undefined);
