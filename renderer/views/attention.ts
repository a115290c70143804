/** What needs a person in a list, as its tab says it: such as 3, "unknown". */
export interface Attention {
  count: number;
  words: string;
  /** Colour of its text. */
  class: string;
}
