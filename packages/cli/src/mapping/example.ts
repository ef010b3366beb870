import type { JsonObject, JsonValue } from "@cosell/connector";
import { type CompiledMapping, type Explanation, isObject } from "@cosell/core";
import { mappedValues } from "./mapped-values.ts";

/** One run of a mapping over a sample, as far as the explained field goes. */
export interface Example {
  /** Where the record comes from. */
  readonly sample: string;
  readonly read: readonly { readonly path: string; readonly value: JsonValue }[];
  readonly sent: readonly { readonly path: string; readonly value: JsonValue }[];
  readonly issues: readonly { readonly target: string; readonly message: string }[];
}

/** Runs the samples until one has something to say about the field; `undefined` when none has. */
export function exampleOf(
  explanation: Explanation,
  mapping: CompiledMapping,
  samples: readonly { readonly name: string; readonly record: JsonObject }[],
): Example | undefined {
  // Rules that hold others say nothing of their own.
  const outbound = explanation.rules.filter(
    ({ direction, target }, _index, all) =>
      direction === "outbound" && !all.some((other) => plain(other.target).startsWith(`${plain(target)}.`)),
  );
  const targets = explanation.side === "target" ? [explanation.path] : outbound.map(({ target }) => plain(target));
  const sources = new Set([
    ...(explanation.side === "crm" ? [explanation.path] : []),
    ...outbound.flatMap((rule) => rule.sources),
  ]);
  for (const { name, record } of samples) {
    const result = mapping.run(record);
    const read = [...sources].flatMap((path) => {
      const value = valuesAt(record, path.split("."));
      return value === undefined ? [] : [{ path, value }];
    });
    const sent = [...mappedValues(result)].flatMap(([path, value]) => partsOf(path, value, targets));
    const issues = result.issues.flatMap(({ target, message }) =>
      targets.some((each) => isWithin(plain(target), each)) ? [{ target, message }] : [],
    );
    if (sent.length > 0 || issues.length > 0) return { sample: name, read, sent, issues };
  }
  return undefined;
}

/** What of a value concerns the targets: the whole of it, or members of a list's items. */
function partsOf(path: string, value: JsonValue, targets: readonly string[]): Example["sent"] {
  if (targets.some((target) => isWithin(path, target))) return [{ path, value }];
  return targets
    .filter((target) => isWithin(target, path) && Array.isArray(value))
    .flatMap((target) => {
      const part = valuesAt({ items: value }, ["items", ...target.slice(path.length + 1).split(".")]);
      return part === undefined ? [] : [{ path: target, value: part }];
    });
}

/** The value at a path; of a list those of all its items. */
function valuesAt(value: JsonValue | undefined, segments: readonly string[]): JsonValue | undefined {
  const [segment, ...rest] = segments;
  if (value === null || segment === undefined) return value ?? undefined;
  if (Array.isArray(value)) {
    const items = value.flatMap((item: JsonValue) => valuesAt(item, segments) ?? []);
    return items.length === 0 ? undefined : items;
  }
  return isObject(value) ? valuesAt(value[plain(segment)], rest) : undefined;
}

const plain = (path: string): string => path.replaceAll(/\[\d*\]/g, "");

const isWithin = (path: string, whole: string): boolean => path === whole || path.startsWith(`${whole}.`);
