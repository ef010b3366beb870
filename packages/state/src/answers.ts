import type { Selectable } from "kysely";
import type { JsonValue } from "@cosell/connector";
import type { Queries } from "./backend.ts";
import { batches } from "./batches.ts";
import { requireLink } from "./link-rows.ts";
import { markLinks } from "./mark-links.ts";
import type { ConflictAnswer, FieldState } from "./store.ts";
import type { AnswersTable } from "./tables.ts";

/** A person's choice for one path. */
export type Choice = Pick<ConflictAnswer, "path" | "take">;

/**
 * Stores choices for the conflicts that stand on a link, each with the two values that the person saw, and marks the
 * link. Returns the paths that were in conflict, in the order of the choices.
 */
export const answerConflicts = async (
  queries: Queries,
  linkId: string,
  choices: readonly Choice[],
  now: number,
): Promise<readonly string[]> => {
  await requireLink(queries, linkId);
  const takes = new Map(choices.map(({ path, take }) => [path, take]));
  const standing = await queries
    .selectFrom("field_states")
    .where("link_id", "=", linkId)
    .where("kind", "=", "conflict")
    .select(["path", "detail"])
    .execute();
  const seen = new Map(standing.map(({ path, detail }) => [path, JSON.parse(detail) as FieldState["detail"]]));
  const rows = [...takes].flatMap(([path, take]) => {
    const detail = seen.get(path);
    return detail === undefined
      ? []
      : [{ link_id: linkId, path, take, crm: valueOf(detail["crm"]), aws: valueOf(detail["aws"]), at: now }];
  });
  for (const batch of batches(rows))
    await queries
      .insertInto("answers")
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(["link_id", "path"]).doUpdateSet((excluded) => ({
          take: excluded.ref("excluded.take"),
          crm: excluded.ref("excluded.crm"),
          aws: excluded.ref("excluded.aws"),
          at: excluded.ref("excluded.at"),
        })),
      )
      .execute();
  if (rows.length > 0) await markLinks(queries, [linkId], { reasons: ["answered"], priority: "urgent" }, now);
  return rows.map(({ path }) => path);
};

/** Null where a side holds nothing. */
const valueOf = (value: JsonValue | undefined): string => JSON.stringify(value ?? null);

/** The choices that no settlement has carried out, by link and path. Links without one are left out. */
export const answersOf = async (
  queries: Queries,
  linkIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ConflictAnswer[]>> => {
  const rows = await queries
    .selectFrom("answers")
    .where("link_id", "in", linkIds)
    .orderBy("at")
    .orderBy("path")
    .selectAll()
    .execute();
  const byLink = Map.groupBy(rows, (row) => row.link_id);
  return new Map([...byLink].map(([linkId, chosen]) => [linkId, chosen.map(answerOf)]));
};

const answerOf = ({ path, take, crm, aws, at }: Selectable<AnswersTable>): ConflictAnswer => ({
  path,
  take,
  crm: JSON.parse(crm) as JsonValue,
  aws: JSON.parse(aws) as JsonValue,
  at,
});

/** Removes the choices for these paths. */
export const forgetAnswers = async (
  queries: Queries,
  answered: readonly { readonly linkId: string; readonly paths: readonly string[] }[],
): Promise<void> => {
  for (const { linkId, paths } of answered)
    for (const batch of batches(paths))
      await queries.deleteFrom("answers").where("link_id", "=", linkId).where("path", "in", batch).execute();
};
