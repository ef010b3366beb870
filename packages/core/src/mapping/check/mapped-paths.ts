import type { MappingDocument, Rule } from "../document.ts";
import type { Position } from "../mapping.ts";
import { plainPath } from "./target-fields.ts";

/** A target that a rule gives, by its path in the model. */
export interface Mapped {
  readonly path: string;
  readonly at: Position;
}

/** Every target that the outbound rules give, in their order: structures, members, members of items. */
export function mappedPaths(outbound: MappingDocument["outbound"]): readonly Mapped[] {
  return outbound.flatMap((rule) => mappedBy(rule, ""));
}

function mappedBy({ target, body }: Rule, within: string): readonly Mapped[] {
  const path = within + target.text;
  const here = { path, at: target.at };
  const { source } = body;
  switch (source.verb) {
    case "fields":
      return [here, ...source.fields.flatMap((rule) => mappedBy(rule, `${path}.`))];
    case "each":
      return [here, ...source.fields.flatMap((rule) => mappedBy(rule, `${path}[].`))];
    case "list":
      return [
        here,
        ...source.items.flatMap((item) =>
          item.kind === "object" ? item.fields.flatMap((rule) => mappedBy(rule, `${path}[].`)) : [],
        ),
      ];
    case "from":
    case "const":
    case "template":
    case "choose":
      return [here];
  }
}

/** The paths above a path, from the root down: of `A.B.C`, `A` and `A.B`. */
export function parentsOf(path: string): readonly string[] {
  const segments = path.split(".");
  return segments.slice(1).map((_segment, index) => segments.slice(0, index + 1).join("."));
}

/** Is a path another one, or below it? */
export function isWithin(path: string, whole: string): boolean {
  return path === whole || path.startsWith(`${whole}.`);
}

/** The mapped paths and all above them, as mappings write them: what has a value, in part or in whole. */
export function plainPathsOf(mapped: readonly Mapped[]): ReadonlySet<string> {
  return new Set(mapped.flatMap(({ path }) => [plainPath(path), ...parentsOf(plainPath(path))]));
}
