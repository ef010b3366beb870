import type { JsonObject, JsonValue } from "@cosell/connector";
import { idField } from "./mapping.ts";
import type { World } from "./world.ts";

/** What differs between two plays of one history without meaning anything. */
const chance: ReadonlySet<string> = new Set([idField, "Id", "Arn", "LastModifiedDate", "CreatedDate"]);

/** What each record and its opportunity hold at the end, without ids, versions and stamps. */
export function endOf(world: World): JsonValue {
  const essence = (held: JsonObject | undefined): JsonValue =>
    held === undefined ? null : Object.fromEntries(Object.entries(held).filter(([name]) => !chance.has(name)));
  return world.crm.refs().map((ref) => ({
    ref,
    record: essence(world.crm.record(ref)),
    opportunity: essence(world.opportunityOf(ref)),
  }));
}
