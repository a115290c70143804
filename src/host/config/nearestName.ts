/** The name most like a misspelt one, or null when none is near. */
export function nearestName(word: string, names: readonly string[]): string | null {
  const plain = simplified(word);
  const most = plain.length < 5 ? 1 : 2;
  let nearest: string | null = null;
  let least = most + 1;
  for (const name of names) {
    const other = simplified(name);
    // A comparison takes length² steps, and each letter more is an edit anyway.
    if (Math.abs(plain.length - other.length) >= least) continue;
    const distance = editDistance(plain, other);
    if (distance < least) [nearest, least] = [name, distance];
  }
  return nearest;
}

/** `Stop_Unit` and `stop-unit` are `stopunit`. */
function simplified(word: string): string {
  return word.toLowerCase().replaceAll(/[\s_.-]/g, '');
}

/** Damerau-Levenshtein distance: letters left out, added, changed, or swapped with their neighbour. */
function editDistance(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const change = (last[column - 1] ?? 0) + (same ? 0 : 1);
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const swap = swapped && row > 1 && column > 1 ? (before[column - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min(change, swap, (last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    [before, last] = [last, next];
  }
  return last[other.length] ?? 0;
}
