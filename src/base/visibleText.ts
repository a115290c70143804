/**
 * Controls, what turns the direction of writing, and characters that nobody can see: a terminal or a window would obey
 * them. Joiners stay, because Arabic and Indian scripts are written with them.
 */
const hidden =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/u;
const everyHidden = new RegExp(hidden, 'gu');

/** A text from outside with such characters shown instead: ␛ for an escape, `\u202E` for what turns the direction. */
export function visible(text: string): string {
  return hidden.test(text) ? text.replace(everyHidden, shown) : text;
}

/** The same for several lines: their ends stay. Of JSON it is the same JSON. */
export function visibleLines(text: string): string {
  return hidden.test(text) ? text.split('\n').map(visible).join('\n') : text;
}

function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  // Above U+FFFF in two halves, as JSON has it.
  return Array.from({ length: character.length }, (_, index) => {
    const unit = character.charCodeAt(index).toString(16).toUpperCase();
    return `\\u${unit.padStart(4, '0')}`;
  }).join('');
}
