/** A text from outside with a full stop at its end, so that a sentence can follow it. */
export function asSentence(text: string): string {
  return /[.!?:;…。！？]["'”’)\]]*\s*$/.test(text) ? text : `${text.trimEnd()}.`;
}
