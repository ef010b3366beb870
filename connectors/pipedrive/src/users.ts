import type { ConnectorContext, JsonObject, JsonValue } from "@cosell/connector";
import { z } from "zod";
import type { Session } from "./session.ts";

/** People who own records. */
export interface Users {
  /** By id; asked for once in a while, since the list costs as much as four writes. */
  all(): Promise<ReadonlyMap<number, JsonObject>>;
  /** As `all`; where one of these is not among them, who came meanwhile is asked for, once for each who is nobody. */
  knowing(ids: readonly JsonValue[]): Promise<ReadonlyMap<number, JsonObject>>;
  /** The currency of whom the connection works as: what an amount is in when nobody says. */
  currency(): Promise<string>;
}

const keptMs = 10 * 60_000;

const user = z.object({
  id: z.number(),
  name: z.string(),
  email: z.string(),
  phone: z.string().nullish(),
  active_flag: z.boolean().nullish(),
});
const list = z.object({ data: z.array(user) });
const me = z.object({ data: z.object({ default_currency: z.string() }) });

export function keepUsers(session: Session, { clock }: ConnectorContext): Users {
  let kept: { readonly at: number; readonly users: Promise<ReadonlyMap<number, JsonObject>> } | undefined;
  let currency: Promise<string> | undefined;
  const nobody = new Set<JsonValue>();
  const ask = async (): Promise<ReadonlyMap<number, JsonObject>> => {
    const { data } = list.parse(await session.call(({ users }) => users.getUsers()));
    return new Map(data.map((each) => [each.id, recordOf(each)]));
  };
  const keep = (): Promise<ReadonlyMap<number, JsonObject>> => {
    const users = ask();
    kept = { at: clock.now(), users };
    users.catch(() => {
      kept = undefined;
    });
    return users;
  };
  const all = (): Promise<ReadonlyMap<number, JsonObject>> =>
    kept && clock.now() - kept.at <= keptMs ? kept.users : keep();
  return {
    all,
    knowing: async (ids) => {
      const strangersTo = (users: ReadonlyMap<JsonValue, JsonObject>): readonly JsonValue[] =>
        ids.filter((id) => !users.has(id) && !nobody.has(id));
      const known = await all();
      if (strangersTo(known).length === 0) return known;
      const users = await keep();
      for (const id of strangersTo(users)) nobody.add(id);
      return users;
    },
    currency: () => {
      currency ??= session
        .call(({ users }) => users.getCurrentUser())
        .then((answer) => me.parse(answer).data.default_currency);
      currency.catch(() => {
        currency = undefined;
      });
      return currency;
    },
  };
}

/** A user with the name in parts too: Pipedrive keeps it whole, and AWS wants two. */
function recordOf({ id, name, email, phone, active_flag }: z.output<typeof user>): JsonObject {
  const [first = "", ...others] = name.trim().split(/\s+/);
  const last_name = others.length > 0 ? others.join(" ") : first;
  return { id, name, first_name: first, last_name, email, phone: phone ?? null, is_active: active_flag ?? true };
}
