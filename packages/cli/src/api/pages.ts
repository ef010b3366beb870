import type { JsonObject } from "@cosell/connector";
import { listMemberOf, type Operation } from "@cosell/partner-central/model";
import { UsageError } from "../failure/findings-error.ts";
import type { MeantOperation } from "./meant-operation.ts";

/** The member of an operation's answer that holds a page. @throws UsageError when the operation has no pages */
export function listMember({ operation: { name }, service }: MeantOperation): string {
  const member = listMemberOf(name, service.name);
  if (member !== undefined) return member;
  throw new UsageError(`${name} has no pages: leave --paginate out.`);
}

/** The largest page that AWS gives, unless the input says otherwise. */
export function largestPage({ input }: Operation): JsonObject {
  const maximum = input.find(({ path }) => path === "MaxResults")?.maximum;
  return maximum === undefined ? {} : { MaxResults: maximum };
}
