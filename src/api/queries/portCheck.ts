import { z } from 'zod';

export const portCheckSchema = z.object({
  /** IP address of the interface. */
  host: z.union([z.ipv4(), z.ipv6()]),
  ports: z.array(z.number().int().min(1).max(65_535)).max(8),
});

/** `own`: bound by this app now, so that it will be free for its next start. */
export interface PortCheck {
  port: number;
  state: 'free' | 'own' | 'taken';
  /** Why it is taken, as one sentence; else null. */
  reason: string | null;
}
