// Code that the first view does not need: it comes when it is used, or once the service is back.

/** @template T @param {(again: string) => Promise<T>} load with a query that makes the address of a failed module new
 * @param {(fault: unknown) => void} on_gone */
export function create_late(load, on_gone) {
  /** @type {Promise<T> | null} */
  let made = null;
  /** @type {((made: T) => void)[]} */
  let waiting = [];
  let tries = 0;

  /** @param {(made: T) => void} act */
  async function use(act) {
    made ??= load(tries ? `?${tries}` : '');
    const mine = made;
    const ready = await mine.catch((fault) => {
      if (made === mine) {
        made = null;
        ++tries;
      }
      waiting.push(act);
      on_gone(fault);
      return null;
    });
    if (ready !== null) act(ready);
  }
  return {
    use,
    /** What waits is done. */
    again() {
      const acts = waiting;
      waiting = [];
      for (const act of acts) use(act);
    },
    /** Where it is there already. @param {(made: T) => void} act */
    also(act) { made?.then(act, () => {}); },
  };
}
