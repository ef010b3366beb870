import type { Finding } from "@cosell/core";
import type { z } from "zod";
import { knownMembers } from "./schema.ts";
import { closest } from "./suggestion.ts";
import type { YamlSource } from "./yaml-source.ts";

/** What zod objects to, as findings at their places. */
export function findingsOf(source: YamlSource, issues: readonly z.core.$ZodIssue[]): readonly Finding[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => unknownKey(source, [...issue.path, key], knownMembers(issue.path)));
    }
    if (issue.code === "invalid_key") {
      const message = issue.issues[0]?.message ?? issue.message;
      return [source.finding(issue.path, { severity: "error", code: "bad-name", message: `${message}.` }, "key")];
    }
    return valueFindings(source, issue.path, issue.message);
  });
}

/** A key that nobody reads, with the one that was probably meant. */
export function unknownKey(source: YamlSource, path: readonly PropertyKey[], known: readonly string[]): Finding {
  const key = String(path.at(-1));
  const suggestion = closest(key, known);
  return source.finding(
    path,
    {
      severity: "error",
      code: "unknown-key",
      message: `Nothing reads the key "${key}".`,
      ...(suggestion !== undefined && { suggestion }),
    },
    "key",
  );
}

/** A value that is wrong, or missing, at a path. Never shows the value: it may be a secret. */
export function valueFindings(source: YamlSource, path: readonly PropertyKey[], message: string): readonly Finding[] {
  if (source.unresolved(path)) return [];
  const name = path.map(String).join(".");
  return valueAt(source.data, path) === undefined
    ? [source.finding(path, { severity: "error", code: "missing-key", message: `"${name}" is missing.` })]
    : [source.finding(path, { severity: "error", code: "bad-value", message: `"${name}": ${sentence(message)}` })];
}

const sentence = (text: string): string => (text.endsWith(".") ? text : `${text}.`);

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    data,
  );
}
