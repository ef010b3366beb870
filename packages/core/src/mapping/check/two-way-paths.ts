import { recordScope } from "../compile/compile-path.ts";
import type { MappingDocument, Word } from "../document.ts";
import { bodiesOf } from "../rule-bodies.ts";
import { pathsOf } from "../rule-paths.ts";

/** A target that goes both ways: an inbound rule brings it back into a field that it comes from. */
export interface TwoWayPath {
  readonly target: Word;
  readonly field: string;
}

/** The targets that go both ways, by their path. */
export function twoWayPaths({ outbound, inbound }: MappingDocument): ReadonlyMap<string, TwoWayPath> {
  const fieldsByPath = new Map<string, Set<string>>();
  for (const { target, body } of inbound)
    for (const path of bodiesOf(body).flatMap(({ source }) => (source.verb === "from" ? source.paths : []))) {
      const fields = fieldsByPath.get(path.text) ?? new Set();
      fieldsByPath.set(path.text, fields.add(target.text));
    }
  const scope = recordScope();
  return new Map(
    outbound.flatMap(({ target, body }) => {
      const fields = fieldsByPath.get(target.text);
      const returning =
        fields && pathsOf(body, scope).find(({ role, source }) => role === "value" && fields.has(source));
      return returning === undefined ? [] : [[target.text, { target, field: returning.source }] as const];
    }),
  );
}
