import type { JsonObject, JsonValue } from "@cosell/connector";
import type { UnsettledField } from "@cosell/state";
import { isObject } from "@cosell/core";
import { hidden, moment, shortValue } from "./value.ts";
import type { Sensitive } from "./history.ts";

/** A field that is not agreed, with what both sides hold, in the words of a person. */
export interface ShownField {
  readonly title: string | undefined;
  readonly crmRef: string;
  readonly opportunityId: string | undefined;
  /** AWS path. */
  readonly path: string;
  /** The CRM fields behind it. */
  readonly sources: readonly string[];
  readonly crm: JsonValue;
  readonly aws: JsonValue;
  /** When AWS's side last changed, as AWS says. */
  readonly awsModifiedAt: string | undefined;
  /** In a conflict: when the CRM's record last changed, as the CRM says. */
  readonly crmModifiedAt: string | undefined;
  /** And by whom; personal. */
  readonly crmModifiedBy: string | undefined;
  /** `file:line:col` */
  readonly rule: string | undefined;
  readonly reason: string;
  /** Milliseconds. */
  readonly since: number;
}

/** A field for people and machines; sensitive values, and people's names, hidden where that was asked for. */
export function shownField({ link, state }: UnsettledField, sensitive: Sensitive, hideNames = false): ShownField {
  const { path, sources, reason, since, detail } = state;
  const shown = (value: JsonValue | undefined): JsonValue => (sensitive(path) ? hidden : (value ?? null));
  const { crmRef, opportunityId, title, awsVersion } = link;
  return {
    ...{ title, crmRef, opportunityId, path, sources, reason, since },
    crm: shown(detail["crm"]),
    aws: shown(detail["aws"]),
    awsModifiedAt: awsVersion,
    ...authorOf(detail, hideNames),
    rule: ruleOf(detail),
  };
}

/** Does a field match a name that a person gave: its AWS path, or a CRM field behind it? Case does not matter. */
export function isNamed(
  { path, sources }: { readonly path: string; readonly sources: readonly string[] },
  name: string,
): boolean {
  return [path, ...sources].some((one) => one.toLowerCase() === name.toLowerCase());
}

/** The CRM fields and the AWS path, one under the other. */
export function fieldNames({ path, sources }: Pick<ShownField, "path" | "sources">): string {
  return [...sources, path].join("\n");
}

/** AWS's value, with the time of AWS's last change where it is known. */
export function awsValue({ aws, awsModifiedAt }: Pick<ShownField, "aws" | "awsModifiedAt">): string {
  const at = awsModifiedAt === undefined ? Number.NaN : Date.parse(awsModifiedAt);
  return Number.isNaN(at) ? shortValue(aws) : `${shortValue(aws)}\n(AWS changed last ${moment(at)} UTC)`;
}

/** The CRM's value, with who changed its record last, and when. */
export function crmValue({
  crm,
  crmModifiedAt,
  crmModifiedBy = "unknown",
}: Pick<ShownField, "crm" | "crmModifiedAt" | "crmModifiedBy">): string {
  const at = crmModifiedAt === undefined ? Number.NaN : Date.parse(crmModifiedAt);
  const when = Number.isNaN(at) ? "at an unknown time" : `${moment(at)} UTC`;
  return `${shortValue(crm)}\n(record changed last ${when}, by ${crmModifiedBy})`;
}

function authorOf({ crmChanged }: JsonObject, hideNames: boolean): Pick<ShownField, "crmModifiedAt" | "crmModifiedBy"> {
  const { at, by } = isObject(crmChanged) ? crmChanged : {};
  const name = typeof by === "string" && hideNames ? hidden : by;
  return {
    crmModifiedAt: typeof at === "string" ? at : undefined,
    crmModifiedBy: typeof name === "string" ? name : undefined,
  };
}

function ruleOf({ rule }: JsonObject): string | undefined {
  return typeof rule === "string" ? rule : undefined;
}
