import { createHash } from "node:crypto";
import type { JsonObject, JsonValue } from "@cosell/connector";
import { isObject } from "../json-path.ts";
import type { CompiledMapping } from "../mapping/mapping.ts";

/**
 * The hash of everything that a mapping reads from a record: what it sends, and the fields that inbound rules write.
 * A change whose fingerprint is the stored one is an echo of our own write, or touches nothing that is mapped.
 */
export function fingerprint(record: JsonObject, mapping: CompiledMapping): string {
  const matches = mapping.matches(record);
  const { payload, related, assignee, submission, issues } = mapping.run(record);
  const inbound = [...mapping.inbound.map(({ field }) => field), mapping.link.opportunityId].map((field) => [
    field,
    record[field] === "" ? null : (record[field] ?? null),
  ]);
  const read = {
    mapping: mapping.hash,
    matches,
    payload,
    related,
    assignee: assignee ?? null,
    submission: submission ?? null,
    issues: issues.map(({ code, target }) => `${code} ${target}`),
    inbound,
  };
  return createHash("sha256")
    .update(JSON.stringify(sorted(read)))
    .digest("hex");
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((member) => [member, sorted(value[member] ?? null)]),
  );
}
