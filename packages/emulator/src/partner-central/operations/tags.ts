import type { JsonObject, JsonValue } from "../../kernel/index.ts";
import { listOf, required, type Call } from "../call.ts";
import { accountArn } from "../identifiers.ts";
import { textAt } from "../paths.ts";
import { notFound } from "../refusal.ts";

/** TagResource, for opportunities. */
export function tagResource(call: Call): undefined {
  const arn = taggable(call);
  call.space.tags[arn] = { ...call.space.tags[arn], ...tagsOf(call.input.Tags) };
}

/** UntagResource. */
export function untagResource(call: Call): undefined {
  const arn = taggable(call);
  const gone = listOf(call, "TagKeys") ?? [];
  const left = Object.entries(call.space.tags[arn] ?? {}).filter(([key]) => !gone.includes(key));
  call.space.tags[arn] = Object.fromEntries(left);
}

/** ListTagsForResource. */
export function listTagsForResource(call: Call): JsonObject {
  const tags = Object.entries(call.space.tags[taggable(call)] ?? {});
  return { Tags: tags.map(([Key, Value]) => ({ Key, Value })) };
}

/** A list of `Key` and `Value` as a record. */
export function tagsOf(list: JsonValue | undefined): Readonly<Record<string, string>> {
  const tags = Array.isArray(list) ? (list as readonly JsonObject[]) : [];
  return Object.fromEntries(tags.map((tag) => [textAt(tag, "Key") ?? "", textAt(tag, "Value") ?? ""]));
}

function taggable(call: Call): string {
  const arn = required(call, "ResourceArn");
  const { account, catalog, opportunities } = call.space;
  const id = arn.slice(arn.lastIndexOf("/") + 1);
  if (opportunities[id] === undefined || arn !== accountArn(account, catalog, "opportunity", id)) {
    throw notFound("Resource", arn);
  }
  return arn;
}
