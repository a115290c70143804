/** Where on its way an order's app is killed. */
export const steps = [
  'before the commit',
  'after the commit',
  'inside the send',
  'after the send',
  'while the EA works on it',
  'before the feedback is journalled',
  'after the feedback is journalled',
] as const;
export type Step = (typeof steps)[number];
