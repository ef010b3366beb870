import { AsyncLocalStorage } from "node:async_hooks";
import { type Context, type ContextManager, ROOT_CONTEXT } from "@opentelemetry/api";

/** Keeps the span that is under way across promises and timers. */
export function createContextStorage(): ContextManager {
  const storage = new AsyncLocalStorage<Context>();
  const manager: ContextManager = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (context, work, self, ...given) => storage.run(context, () => work.call(self, ...given)),
    bind: (context, target) =>
      typeof target === "function"
        ? (((...given: readonly unknown[]): unknown =>
            storage.run(context, () => Reflect.apply(target, undefined, given) as unknown)) as typeof target)
        : target,
    enable: () => manager,
    disable: () => {
      storage.disable();
      return manager;
    },
  };
  return manager;
}
