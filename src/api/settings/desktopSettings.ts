import { z } from 'zod';

/** Kinds of notifications of the system. */
export const noticeKinds = ['fill', 'reject', 'unknown', 'disconnect', 'limit', 'signal'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Effect of closing the desk's window, whose process also runs the controller. */
export const closeChoices = ['ask', 'tray', 'quit'] as const;
export type CloseChoice = (typeof closeChoices)[number];

const notifySchema = z.object({
  fill: z.boolean(),
  reject: z.boolean(),
  unknown: z.boolean(),
  disconnect: z.boolean(),
  limit: z.boolean(),
  signal: z.boolean(),
}) satisfies z.ZodType<Record<NoticeKind, boolean>>;

export const desktopSettingsSchema = z.object({
  notify: notifySchema,
  /** A short tone in an open window, with each notification. */
  sounds: z.boolean(),
  onClose: z.enum(closeChoices),
});
export type DesktopSettings = z.infer<typeof desktopSettingsSchema>;

export const defaultDesktopSettings: DesktopSettings = {
  notify: { fill: true, reject: true, unknown: true, disconnect: true, limit: true, signal: true },
  sounds: false,
  onClose: 'ask',
};

const { notify, sounds, onClose } = defaultDesktopSettings;
const kinds = notifySchema.shape;

/** Stored form: keys that an earlier version didn't write take their defaults. */
export const storedDesktopSettingsSchema = z.object({
  notify: z
    .object({
      fill: kinds.fill.default(notify.fill),
      reject: kinds.reject.default(notify.reject),
      unknown: kinds.unknown.default(notify.unknown),
      disconnect: kinds.disconnect.default(notify.disconnect),
      limit: kinds.limit.default(notify.limit),
      signal: kinds.signal.default(notify.signal),
    })
    .prefault({}),
  sounds: desktopSettingsSchema.shape.sounds.default(sounds),
  onClose: desktopSettingsSchema.shape.onClose.default(onClose),
});
