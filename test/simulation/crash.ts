/** A process that can be killed at any await: after it, nothing that was under way reaches the outside any more. */
export interface Process {
  /** It was killed. */
  readonly dead: boolean;
  /** How many places there were so far at which it could have been killed. */
  readonly passed: number;
  /** One call to the outside: a place before it, and one between what it did and its answer. */
  call<Result>(work: () => Promise<Result>): Promise<Result>;
  /** All calls of an object, each like {@link Process.call}. */
  guard<Target extends object>(target: Target): Target;
}

/** Starts one that is killed at the n-th place; without `dieAt` it lives on. */
export function startProcess(dieAt?: number): Process {
  let passed = 0;
  let dead = false;
  const place = (): void => {
    passed += 1;
    if (passed === dieAt) dead = true;
    if (dead) throw new Error("The process was killed.");
  };
  const call = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    place();
    const result = await work();
    place();
    return result;
  };
  async function* iterate<Item>(items: AsyncIterable<Item>): AsyncIterable<Item> {
    place();
    for await (const item of items) {
      yield item;
      place();
    }
  }
  return {
    get dead() {
      return dead;
    },
    get passed() {
      return passed;
    },
    call,
    guard: (target) =>
      new Proxy(target, {
        get: (object, name) => {
          const member: unknown = Reflect.get(object, name);
          if (typeof member !== "function" || name === "canonicalRef" || name === "now" || name === "tokens")
            return member;
          return (...args: readonly unknown[]): unknown => {
            if (dead) throw new Error("The process was killed.");
            const isIteration = ["links", "dirtyLinks", "unsettled", "failures"].includes(String(name));
            const run = (): unknown => Reflect.apply(member, object, args);
            return isIteration ? iterate(run() as AsyncIterable<unknown>) : call(() => Promise.resolve(run()));
          };
        },
      }),
  };
}
