/** Hint below a setting that EAs can report: the EA's value, as a warning where the typed one differs. */
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
