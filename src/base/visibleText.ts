/**
 * Control characters, marks that change the direction of text, and invisible characters: a terminal or a window would obey
 * them. Joiners stay, because Arabic and Indian scripts need them.
 */
const hidden =
  // oxlint-disable-next-line no-control-regex -- it finds control characters
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/u;
const everyHidden = new RegExp(hidden, 'gu');

/** Makes such characters of a text from outside visible: ␛ for an escape, `\u202E` for a change of direction. */
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
