/** Something that stands in for a service of the server: what is given of it must fit, and nothing else may be asked. */
export function standIn<T extends object>(part: Partial<T>): T {
  return new Proxy(part, {
    get(target, name) {
      if (name in target) return Reflect.get(target, name) as unknown;
      // Whoever awaits it asks whether it is a promise.
      if (name === 'then' || typeof name === 'symbol') return undefined;
      throw new Error(`Nothing stands in for ${name}.`);
    },
  }) as T;
}
