/**
 * Whether a key press belongs to an input method (IME), which makes a character of it, or chooses, confirms or gives up what it
 * proposes. Safari tells the press that ends a composition by its code 229 alone.
 */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  // oxlint-disable-next-line typescript/no-deprecated -- nothing else tells it there
  return event.isComposing || event.keyCode === 229;
}
