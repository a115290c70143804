/** Exit codes; fixed, because other programs depend on them (ARCHITECTURE, commands). */
export const exitCodes = {
  done: 0,
  filled: 0,
  refused: 2,
  rejected: 3,
  unknown: 4,
  unreachable: 5,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
