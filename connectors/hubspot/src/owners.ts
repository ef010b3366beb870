import { FailureError, type JsonObject, type JsonValue } from "@cosell/connector";
import { z } from "zod";
import { apiPaths } from "./api-paths.ts";
import type { Session } from "./session.ts";

const owner = z.record(z.string(), z.unknown());
const page = z.object({
  results: z.array(owner),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).nullish(),
});

/** Every owner by id, those who left too: their deals keep them. */
export async function allOwners(session: Session): Promise<ReadonlyMap<string, JsonObject>> {
  return new Map([...(await ownersThat(session, { left: false })), ...(await ownersThat(session, { left: true }))]);
}

/** Owners by id. Those who left are asked for only when one of the ids is theirs. */
export async function ownersOf(session: Session, ids: readonly string[]): Promise<ReadonlyMap<string, JsonObject>> {
  if (ids.length === 0) return new Map();
  const active = await ownersThat(session, { left: false });
  if (ids.every((id) => active.has(id))) return active;
  return new Map([...active, ...(await ownersThat(session, { left: true }))]);
}

async function ownersThat(
  session: Session,
  { left }: { readonly left: boolean },
): Promise<ReadonlyMap<string, JsonObject>> {
  const owners = new Map<string, JsonObject>();
  let after: string | undefined;
  do {
    const query = new URLSearchParams({ limit: "100", archived: String(left), ...(after !== undefined && { after }) });
    const answer = page.safeParse(
      await session.call({ method: "GET", path: `${apiPaths.owners}?${query.toString()}` }),
    );
    if (!answer.success)
      throw new FailureError({
        kind: "transient",
        message: "HubSpot answered with something that is no list of owners.",
      });
    for (const each of answer.data.results) owners.set(String(each["id"]), texts(each));
    after = answer.data.paging?.next?.after;
  } while (after !== undefined);
  return owners;
}

/** Like a record's properties: every value as text. */
function texts(given: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]): [string, JsonValue][] =>
      typeof value === "string" || typeof value === "number" || typeof value === "boolean"
        ? [[name, String(value)]]
        : [],
    ),
  );
}
