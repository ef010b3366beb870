import type { JsonValue } from "@cosell/connector";
import { isObject, type OutboundResult } from "@cosell/core";

/** What a run gives, value by value under its AWS path; a list is one value, as the sync compares it. */
export function mappedValues({
  payload,
  related,
  assignee,
  submission,
}: OutboundResult): ReadonlyMap<string, JsonValue> {
  return new Map([
    ...leaves(payload, ""),
    ...Object.entries(related).map(([type, ids]): [string, JsonValue] => [`RelatedEntityIdentifiers.${type}`, ids]),
    ...leaves(assignee ?? {}, "Assignee."),
    ...leaves(submission ?? {}, "Submission."),
  ]);
}

function leaves(object: Readonly<Record<string, JsonValue>>, prefix: string): readonly [string, JsonValue][] {
  return Object.entries(object).flatMap(([member, value]): readonly [string, JsonValue][] =>
    isObject(value) ? leaves(value, `${prefix}${member}.`) : [[prefix + member, value]],
  );
}
