import type { MappingDocument } from "../document.ts";
import { conditionPaths, pathsOf } from "../rule-paths.ts";
import type { Scope } from "./compile-path.ts";

/** Every CRM path that a mapping needs of a record, each once. */
export function sourceFieldsOf(document: MappingDocument, scope: Scope): readonly string[] {
  const { match, link, outbound, inbound } = document;
  const targets = outbound.map(({ target }) => target.text);
  const isTarget = (path: string) => targets.some((target) => path === target || path.startsWith(`${target}.`));
  const read = outbound
    .flatMap(({ body }) => pathsOf(body, scope))
    .filter(({ role, text }) => role !== "condition" || !isTarget(text));
  return [
    ...new Set([
      ...(match ? conditionPaths(match, scope).map(({ source }) => source) : []),
      link.opportunityId.text,
      ...read.map(({ source }) => source),
      ...inbound.map(({ target }) => target.text),
    ]),
  ];
}
