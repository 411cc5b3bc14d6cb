/** What is asked for one by one, read together: all of one group that is asked before the event loop's next turn is one read. */
export class Gathered<V> {
  private readonly asked = new Map<
    string,
    { readonly keys: Set<string>; readonly found: Promise<ReadonlyMap<string, V>> }
  >();

  /** @param readAll leaves out what there is not */
  constructor(private readonly readAll: (group: string, keys: readonly string[]) => Promise<ReadonlyMap<string, V>>) {}

  async get(group: string, key: string): Promise<V | undefined> {
    let asked = this.asked.get(group);
    if (asked === undefined) {
      const keys = new Set<string>();
      const turn = new Promise<void>((resolve) => setImmediate(resolve));
      const found = turn.then(() => {
        this.asked.delete(group);
        return this.readAll(group, [...keys]);
      });
      asked = { keys, found };
      this.asked.set(group, asked);
    }
    asked.keys.add(key);
    return (await asked.found).get(key);
  }
}
