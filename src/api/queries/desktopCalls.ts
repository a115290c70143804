import { z } from 'zod';

/** What a window says about itself when it could not go on; it goes into the log. */
export const problemSchema = z.object({ text: z.string().min(1).max(4_000) });
