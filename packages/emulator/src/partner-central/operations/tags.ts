import type { JsonObject } from "../../kernel/index.ts";
import { listOf, required, type Call } from "../call.ts";
import { accountArn, idOf } from "../../partner-central-shared/identifiers.ts";
import { notFound } from "../refusal.ts";
import { tagsOf } from "../../partner-central-shared/tags.ts";

/** TagResource. */
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

/** Opportunities and snapshot jobs of the account can have tags. */
function taggable(call: Call): string {
  const arn = required(call, "ResourceArn");
  const { account, catalog, opportunities, jobs } = call.space;
  const id = idOf(arn);
  const isOne = (kind: string, things: object): boolean =>
    Object.hasOwn(things, id) && arn === accountArn(account, catalog, kind, id);
  if (!isOne("opportunity", opportunities) && !isOne("resource-snapshot-job", jobs)) throw notFound("Resource", arn);
  return arn;
}
