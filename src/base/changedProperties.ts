/** The properties of `after` whose values differ from `before`. */
export function changedProperties<T extends object>(before: T, after: Partial<T>): Partial<T> {
  const differs = ([key, value]: [string, unknown]): boolean =>
    JSON.stringify(before[key as keyof T]) !== JSON.stringify(value);
  return Object.fromEntries(Object.entries(after).filter(differs)) as Partial<T>;
}
