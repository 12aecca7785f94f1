/** Keeps what was made for a key while it keeps coming again: a saving, which nobody may rely on to be made once. */
export class Kept<Value> {
  /** What came once, lately: most of it never comes again, and is let go before it costs memory. */
  private once = new Map<string, Value>();
  private readonly again = new Map<string, Value>();

  /**
   * @param most values at once that came again; of more, all are forgotten
   * @param lately at most so many other values lie between two of the same key that are made once
   */
  constructor(
    private readonly most: number,
    private readonly lately: number,
  ) {}

  /** The same value for the same key, as long as it is kept. */
  of(key: string, make: () => Value): Value {
    const known = this.again.get(key) ?? this.cameAgain(key);
    if (known !== undefined) return known;
    const made = make();
    if (this.once.size >= this.lately) this.once = new Map();
    this.once.set(key, made);
    return made;
  }

  private cameAgain(key: string): Value | undefined {
    const value = this.once.get(key);
    if (value === undefined) return undefined;
    if (this.again.size >= this.most) this.again.clear();
    this.again.set(key, value);
    return value;
  }
}
