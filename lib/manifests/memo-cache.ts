/** A bounded cache for values that are made from a key. Losing an entry costs time, never correctness. */
export class MemoCache<Value> {
  /** Values that were asked for once. Most keys never come again, so these are dropped early. */
  private once = new Map<string, Value>();
  private readonly repeated = new Map<string, Value>();

  /**
   * @param mostRepeated values kept after they were asked for twice; when there are more, all of them are dropped
   * @param mostOnce values kept after they were asked for once; when there are more, all of them are dropped
   */
  constructor(
    private readonly mostRepeated: number,
    private readonly mostOnce: number,
  ) {}

  /** Returns the same value for the same key as long as the entry is kept, and otherwise makes a new one. */
  of(key: string, make: () => Value): Value {
    const known = this.repeated.get(key) ?? this.promote(key);
    if (known !== undefined) return known;
    const made = make();
    if (this.once.size >= this.mostOnce) this.once = new Map();
    this.once.set(key, made);
    return made;
  }

  private promote(key: string): Value | undefined {
    const value = this.once.get(key);
    if (value === undefined) return undefined;
    if (this.repeated.size >= this.mostRepeated) this.repeated.clear();
    this.repeated.set(key, value);
    return value;
  }
}
