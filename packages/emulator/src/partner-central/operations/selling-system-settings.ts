import type { JsonObject } from "../../kernel/index.ts";
import { type Call } from "../call.ts";
import { textAt } from "../../partner-central-shared/paths.ts";

/** GetSellingSystemSettings: the role of the account's snapshot jobs. */
export function getSellingSystemSettings({ space }: Call): JsonObject {
  return { Catalog: space.catalog, ResourceSnapshotJobRoleArn: space.jobRole };
}

/** PutSellingSystemSettings: a role by name or ARN; left out, the account has none any more. */
export function putSellingSystemSettings(call: Call): JsonObject {
  const { space, input } = call;
  const role = textAt(input, "ResourceSnapshotJobRoleIdentifier") ?? "";
  const arn = role.startsWith("arn:") ? role : `arn:aws:iam::${space.account}:role/${role}`;
  space.jobRole = role === "" ? null : arn;
  return getSellingSystemSettings(call);
}
