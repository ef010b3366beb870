import { FailureError, type JsonValue } from "@cosell/connector";
import { isObject } from "@cosell/core";
import type { EngineOptions, Preview, PreviewField } from "./engine.ts";
import { obstaclesTo, placeOf } from "./obstacles.ts";
import { readRecords } from "./read-records.ts";

/** What one CRM record would become at AWS, and what stands in the way. Calls only the CRM. */
export async function runPreview(ref: string, options: EngineOptions, stage?: string): Promise<Preview> {
  const { sync, target, clock } = options;
  const crmRef = sync.connection.canonicalRef(ref);
  const [read] = await readRecords([crmRef], options);
  if (read?.status !== "found") {
    throw new FailureError({
      kind: "missing",
      message: `The CRM has no ${sync.mapping.crm.object} with the id ${crmRef} that this user can see.`,
    });
  }
  const { mapping } = sync;
  const mapped = mapping.run(read.record);
  const { payload, related, assignee, submission, issues, usedSources } = mapped;
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  const obstacles = obstaclesTo({ mapping, target, mapped, today }, stage);
  const values = new Map<string, JsonValue>([
    ...leaves(payload, ""),
    ...Object.entries(related).map(([type, ids]): [string, JsonValue] => [`RelatedEntityIdentifiers.${type}`, ids]),
    ...leaves(assignee ?? {}, "Assignee"),
    ...leaves(submission ?? {}, "Submission"),
  ]);
  for (const { target: path } of issues) if (!values.has(path)) values.set(path, null);
  const fields = [...values].map(([path, value]): PreviewField => {
    const origin = mapping.originOf(path);
    return {
      path,
      value: value ?? undefined,
      source: usedSources[path] ?? origin?.sources[0],
      rule: origin === undefined ? "" : placeOf(origin.rule),
      issue: issues.find((issue) => issue.target === path)?.message,
    };
  });
  const title = read.record["Name"];
  return {
    crmRef,
    title: typeof title === "string" ? title : undefined,
    matches: mapping.matches(read.record),
    fields,
    obstacles,
    missingForCreate: obstacles.filter(({ purpose }) => purpose === "create").map(({ message }) => message),
    missingForSubmit: obstacles.map(({ message }) => message),
  };
}

function leaves(value: JsonValue, path: string): readonly [string, JsonValue][] {
  if (!isObject(value)) return [[path, value]];
  return Object.entries(value).flatMap(([member, item]) => leaves(item, path === "" ? member : `${path}.${member}`));
}
