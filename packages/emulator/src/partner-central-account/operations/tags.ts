import type { JsonObject } from "../../kernel/index.ts";
import { tagsOf } from "../../partner-central-shared/tags.ts";
import { listOf, required, type Call } from "../call.ts";
import { partnerArn } from "../partner.ts";
import { notFound } from "../refusal.ts";

/** TagResource. */
export function tagResource(call: Call): JsonObject {
  const arn = taggable(call);
  call.space.tags[arn] = { ...call.space.tags[arn], ...tagsOf(call.input.Tags) };
  return {};
}

/** UntagResource. */
export function untagResource(call: Call): JsonObject {
  const arn = taggable(call);
  const gone = listOf(call, "TagKeys") ?? [];
  const left = Object.entries(call.space.tags[arn] ?? {}).filter(([key]) => !gone.includes(key));
  call.space.tags[arn] = Object.fromEntries(left);
  return {};
}

/** ListTagsForResource. */
export function listTagsForResource(call: Call): JsonObject {
  const arn = taggable(call);
  const tags = Object.entries(call.space.tags[arn] ?? {});
  return { ResourceArn: arn, Tags: tags.map(([Key, Value]) => ({ Key, Value })) };
}

/** The account's own partner can have tags. */
function taggable(call: Call): string {
  const arn = required(call, "ResourceArn");
  const { partner } = call.space;
  if (partner !== null && arn === partnerArn(call.space, partner)) return arn;
  throw notFound("PARTNER_NOT_FOUND", `${arn} is no partner of this account.`);
}
