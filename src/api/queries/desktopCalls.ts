import { z } from 'zod';

/** Report of a window that could not go on; it is written to the log. */
export const problemSchema = z.object({ text: z.string().min(1).max(4_000) });
