import { FailureError, type TokenStorage } from "@cosell/connector";
import type { Backend, Queries } from "./backend.ts";

/** Ties the state to `value`, or throws `config` when it is tied to another. */
export const bindValue = async (queries: Queries, location: string, key: string, value: string): Promise<void> => {
  await queries
    .insertInto("bindings")
    .values({ key, value })
    .onConflict((conflict) => conflict.column("key").doNothing())
    .execute();
  const bound = await queries.selectFrom("bindings").where("key", "=", key).select("value").executeTakeFirstOrThrow();
  if (bound.value !== value)
    throw new FailureError({
      kind: "config",
      code: "other-state",
      message: `${location} was made for ${key} "${bound.value}", and the configuration now says "${value}". Set it back, or give "${value}" a state of its own in state.url.`,
    });
};

export const readCursor = async (queries: Queries, sync: string, source: string): Promise<string | undefined> => {
  const row = await queries
    .selectFrom("cursors")
    .where("sync", "=", sync)
    .where("source", "=", source)
    .select("value")
    .executeTakeFirst();
  return row?.value;
};

export const storeCursor = async (
  queries: Queries,
  {
    sync,
    source,
    value,
    now,
  }: { readonly sync: string; readonly source: string; readonly value: string; readonly now: number },
): Promise<void> => {
  await queries
    .insertInto("cursors")
    .values({ sync, source, value, updated_at: now })
    .onConflict((conflict) => conflict.columns(["sync", "source"]).doUpdateSet({ value, updated_at: now }))
    .execute();
};

/** The tokens of one connection. */
export const tokenStorage = ({ queries, write }: Backend, connection: string): TokenStorage => ({
  get: async (key) => {
    const row = await queries
      .selectFrom("tokens")
      .where("connection", "=", connection)
      .where("key", "=", key)
      .select("value")
      .executeTakeFirst();
    return row?.value;
  },
  set: (key, value) =>
    write(async (transaction) => {
      await transaction
        .insertInto("tokens")
        .values({ connection, key, value })
        .onConflict((conflict) => conflict.columns(["connection", "key"]).doUpdateSet({ value }))
        .execute();
    }),
});
