// One value that many read: each is told of every change, and of what it was before.

/**
 * @template {object} T
 * @param {T} initial
 */
export function create_store(initial) {
  let value = initial;
  /** @type {((now: T, before: T) => void)[]} */
  const readers = [];
  return {
    get: () => value,
    /** @param {Partial<T>} changes */
    set(changes) {
      const before = value;
      value = { ...value, ...changes };
      for (const read of readers) read(value, before);
    },
    /** @param {(now: T, before: T) => void} read */
    subscribe(read) {
      readers.push(read);
    },
  };
}
