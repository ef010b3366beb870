import { formatFinding, loadMapping, compileMapping, type CompiledMapping } from "@cosell/core";
import { partnerCentralTarget as target } from "@cosell/partner-central";
import type { JsonObject, JsonValue } from "@cosell/connector";

const head =
  "version: 1\nid: example\ncrm: { connector: salesforce, object: Opportunity }\nlink: { opportunityId: Id__c }\n";

/** A mapping with these sections, which must be well formed. */
export function mappingText(sections: Readonly<Record<string, string | undefined>>): string {
  const written = Object.entries(sections).flatMap(([name, text]) =>
    text === undefined ? [] : [`${name}:\n${text.replaceAll(/^/gmu, "  ")}\n`],
  );
  return head + written.join("");
}

/** Reads a mapping and makes it ready, against Partner Central's own model. */
export function compileText(text: string): CompiledMapping {
  const { document, findings } = loadMapping({ file: "example.yaml", text });
  if (document === undefined || findings.length > 0) throw new Error(findings.map(formatFinding).join("\n"));
  return compileMapping(document, { target });
}

/** What AWS would get of a record, by path, as examples write it; and the issues as `code target`. */
export function runOutbound(mapping: CompiledMapping, record: JsonObject, paths: readonly string[]) {
  const { payload, related, assignee, submission, issues } = mapping.run(record);
  const whole: JsonObject = {
    ...payload,
    RelatedEntityIdentifiers: related,
    ...(assignee && { Assignee: assignee }),
    ...(submission && { Submission: submission }),
  };
  const given = paths.map((path) => [path, valueAt(whole, path)] as const);
  return {
    gives: Object.fromEntries(given),
    issues: issues.map(({ code, target: path }) => `${code} ${path}`),
    payload,
  };
}

/** What an inbound rule for `Field` gives. */
export function runInbound(mapping: CompiledMapping, opportunity: JsonObject): JsonValue | undefined {
  const result = mapping.inbound[0]?.run({ opportunity, link: {} });
  return result?.kind === "value" ? result.value : undefined;
}

function valueAt(whole: JsonObject, path: string): JsonValue | undefined {
  let found: JsonValue | undefined = whole;
  for (const name of path.split("."))
    found =
      typeof found === "object" && found !== null && !Array.isArray(found) ? (found as JsonObject)[name] : undefined;
  return found;
}
