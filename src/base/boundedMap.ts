/** Map of at most `most` keys: one more drops the key that was added first. Setting a known key keeps its place. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  private readonly most: number;

  /** @param most at least 1 */
  constructor(most: number) {
    super();
    this.most = most;
  }

  override set(key: Key, value: Value): this {
    super.set(key, value);
    if (this.size > this.most) dropOldest(this);
    return this;
  }
}

/** Set of at most `most` values: one more drops the value that was added first. Adding a known value keeps its place. */
export class BoundedSet<Value> extends Set<Value> {
  private readonly most: number;

  /** @param most at least 1 */
  constructor(most: number) {
    super();
    this.most = most;
  }

  override add(value: Value): this {
    super.add(value);
    if (this.size > this.most) dropOldest(this);
    return this;
  }
}

function dropOldest<Key>(of: Map<Key, unknown> | Set<Key>): void {
  for (const oldest of of.keys()) {
    of.delete(oldest);
    return;
  }
}
