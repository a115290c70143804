/** Below a setting that EAs can tell: what the EA says, as a warning where something else is typed. */
export function toldHint(
  told: string | number | null,
  typed: string,
  otherwise: string,
): { hint: string; warning: boolean } {
  if (told === null) return { hint: otherwise, warning: false };
  const said = String(told);
  const differs = typed.trim() !== '' && typed.trim() !== said;
  return { hint: `The EA says ${said}.`, warning: differs };
}
