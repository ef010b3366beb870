import { type Connection, type ConnectorContext, FailureError, failureOf } from "@cosell/connector";
import { changes } from "./changes.ts";
import { check } from "./check.ts";
import { classify } from "./classify.ts";
import type { FileConfig } from "./config.ts";
import { describe } from "./describe.ts";
import { find } from "./find.ts";
import { read } from "./read.ts";
import { canonicalRef } from "./row.ts";
import { createStore } from "./store.ts";
import { write } from "./write.ts";

/** A connection to one folder. Opens nothing: every call looks at the files as they are then. */
export async function connect(config: FileConfig, context: ConnectorContext): Promise<Connection> {
  const store = createStore(config, context);
  return {
    check: () => check(store),
    describe: (object) => told(() => describe(store.open(object))),
    changes: (request) => told(() => changes(store.open(request.object), request)),
    read: (request) => told(() => read(store.open(request.object), request)),
    find: (request) => told(() => find(store.open(request.object), request)),
    write: (operations) => told(() => write(store, operations)),
    quota: () => Promise.resolve(undefined),
    canonicalRef,
    close: async () => store.close(),
  };
}

/** Whatever goes wrong leaves as a `FailureError`. */
async function told<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw failureOf(error) ? error : new FailureError(classify(error), { cause: error });
  }
}
