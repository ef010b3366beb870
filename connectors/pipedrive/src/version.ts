import { createHash } from "node:crypto";
import type { JsonObject, JsonValue } from "@cosell/connector";

/**
 * A record's version: Pipedrive stamps whole seconds, and two changes within one second share a stamp. So the version
 * carries a digest of what the record holds.
 */
export function versionOf(record: JsonObject): string {
  const digest = createHash("sha256").update(canonical(record)).digest("base64url").slice(0, 12);
  const stamp = record["update_time"];
  return `${typeof stamp === "string" ? stamp : ""} ${digest}`;
}

/** One text for one value, whatever the order of its members; what is null is as if it were not there. */
function canonical(value: JsonValue): string {
  return JSON.stringify(value, (_, part: JsonValue) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([, member]) => member !== null)
            .sort(([one], [other]) => (one < other ? -1 : 1)),
        )
      : part,
  );
}
