/** Most things done at once: enough to share the cost, few enough that one statement takes them all. */
const most = 100;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly answer: (result: Result) => void;
  readonly refuse: (error: unknown) => void;
}

/** Work that takes longer, for it hangs on a lock or a dead connection, keeps no others waiting. */
const patienceMs = 100;

/**
 * Lets callers share work: while some of it is done, what comes meanwhile waits, and is done together next. Alone nobody
 * waits for others; in a crowd `together`, a journey to the server, serves many. What it does begins after the call: a
 * read never tells what was true before it was asked for. `together` gives the results in the order of its items.
 */
export const gather = <Item, Result>(
  together: (items: readonly Item[]) => Promise<readonly Result[]>,
): ((item: Item) => Promise<Result>) => {
  const waiting: Waiting<Item, Result>[] = [];
  let busy = false;

  const doNext = (): void => {
    busy = waiting.length > 0;
    if (busy) void doBatch(waiting.splice(0, most));
  };

  const doBatch = async (batch: readonly Waiting<Item, Result>[]): Promise<void> => {
    let handedOver = false;
    const handOver = (): void => {
      if (!handedOver) doNext();
      handedOver = true;
    };
    const impatience = setTimeout(handOver, patienceMs);
    try {
      const results = await together(batch.map(({ item }) => item));
      for (const [index, { answer }] of batch.entries()) answer(results[index] as Result);
    } catch (error) {
      for (const { refuse } of batch) refuse(error);
    }
    clearTimeout(impatience);
    // Whoever was answered may have something new by then.
    setImmediate(handOver);
  };

  return (item) =>
    new Promise((answer, refuse) => {
      waiting.push({ item, answer, refuse });
      if (busy) return;
      busy = true;
      setImmediate(doNext);
    });
};
