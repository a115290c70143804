import { readLooseObject } from './looseJson.ts';

/** One object of a frame. */
export interface FrameObject {
  /** Word before the object (W12). */
  word: string | null;
  value: Readonly<Record<string, unknown>>;
  /** The object as JSON. */
  json: string;
}

/** A part of a frame without an object: the text, and a sentence on what is wrong with it. */
interface NoObject {
  problem: string;
  text: string;
}

export type FrameContent = FrameObject | NoObject;

const leadingWord = /\s*([A-Za-z]\w*)\s*(?=\{)/y;
/** Beginning of the next object behind a broken one. */
const nextObject = /\}(?=\s{0,8}\{\s{0,8}"type")/g;
/** Most objects of a frame; no EA sends more. */
const mostObjects = 100;

/**
 * Splits a frame's text into its objects. Two messages joined on their way are two objects. Text behind the last
 * object is cut off, and so is everything behind a NUL that follows an object: memory that the EA sent along.
 */
export function readFrameObjects(text: string): readonly [FrameContent, ...FrameContent[]] {
  const word = text.charCodeAt(0) === 0x7b ? null : wordAt(text, 0);
  try {
    const json = word === null ? text : text.slice(word.end);
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return [{ problem: 'The frame is JSON, but not an object.', text }];
    }
    return [{ word: word?.text ?? null, value: value as FrameObject['value'], json }];
  } catch (error) {
    if (text.trim() === '') return [{ problem: 'The frame is empty.', text }];
    const problem = `The frame is not valid JSON: ${(error as SyntaxError).message}.`;
    const [first, ...others] = readLoosely(text, problem);
    return first === undefined ? [{ problem, text }] : [first, ...others];
  }
}

function readLoosely(text: string, problem: string): FrameContent[] {
  const found: FrameContent[] = [];
  let at = 0;
  while (found.length < mostObjects) {
    const word = wordAt(text, at);
    const start = word?.end ?? at + (/^\s*/.exec(text.slice(at, at + 64))?.[0].length ?? 0);
    if (text.charAt(start) !== '{') return found;
    const object = readLooseObject(text, start);
    if (object === null) {
      nextObject.lastIndex = start;
      const end = nextObject.test(text) ? nextObject.lastIndex : text.length;
      found.push({ problem, text: text.slice(start, end) });
      at = end;
    } else {
      const { json, end } = object;
      found.push({ word: word?.text ?? null, value: JSON.parse(json) as FrameObject['value'], json });
      at = end;
    }
  }
  return found;
}

function wordAt(text: string, at: number): { text: string; end: number } | null {
  leadingWord.lastIndex = at;
  const found = leadingWord.exec(text);
  return found === null ? null : { text: found[1] ?? '', end: leadingWord.lastIndex };
}
