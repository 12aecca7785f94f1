/** Keeps what was made for a key, for what comes again soon: where too much is kept, all of it is forgotten. */
export class Kept<Value> {
  private readonly values = new Map<string, Value>();

  /** @param most values at once; in a fleet in which nothing comes again, keeping must not cost memory */
  constructor(private readonly most: number) {}

  /** The same value for the same key, as long as it is kept. */
  of(key: string, make: () => Value): Value {
    const known = this.values.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (this.values.size >= this.most) this.values.clear();
    this.values.set(key, made);
    return made;
  }
}
