/** Where on its way an order's app is killed. The last needs no fault to follow: it ends the row cleanly. */
export const steps = [
  'before the commit',
  'after the commit',
  'inside the send',
  'after the send',
  'before the feedback is journalled',
  'after the feedback is journalled',
] as const;
export type Step = (typeof steps)[number];
