import { FailureError, type JsonObject, type JsonValue } from "@cosell/connector";
import type { InvitationMapping, InvitationSource, MappingIssue } from "@cosell/core";

/** What a new record holds, and what could not be filled. */
export interface RecordFields {
  readonly fields: Readonly<Record<string, JsonValue>>;
  readonly gaps: readonly MappingIssue[];
}

/**
 * The fields of the record that an invitation becomes. A value that the mapping calls required and that is missing is a
 * failure (`invalid`); any other value that cannot be mapped leaves a gap, which the journal tells of.
 */
export function recordFields(mapping: InvitationMapping, source: InvitationSource): RecordFields {
  const fields: Record<string, JsonValue> = {};
  const gaps: MappingIssue[] = [];
  for (const rule of mapping.inbound) {
    const result = rule.run(source);
    if (result.kind === "value" && result.value !== null) fields[rule.field] = result.value;
    if (result.kind === "issue" && result.issue.severity === "error") gaps.push(result.issue);
  }
  const missing = gaps.filter(({ code }) => code === "missing");
  if (missing.length > 0) {
    throw new FailureError({
      kind: "invalid",
      code: "record-incomplete",
      message: `The invitation cannot become a record of the CRM: ${missing.map(({ message }) => message).join(" ")}`,
      issues: missing.map(({ message, code, target, sources, rule }) => ({
        ...{ message, code, target, sources },
        rule: `${rule.file}:${rule.line}:${rule.column}`,
      })),
    });
  }
  return { fields, gaps };
}

/** The CRM field that keeps the invitation's id; `undefined` when no rule writes it alone. */
export function invitationIdField({ inbound }: InvitationMapping): string | undefined {
  return inbound.find(({ paths }) => paths.length === 1 && paths[0] === "Invitation.Id")?.field;
}

/** What the rules of an invitation mapping may read of the opportunity, where there is one. */
export function sourceOf(
  invitation: JsonObject,
  opportunityId: string | undefined,
  opportunity?: JsonObject,
): InvitationSource {
  return {
    invitation,
    link: { opportunityId: opportunityId ?? null, status: null, lastFailure: null, deferredFields: null },
    ...(opportunity === undefined ? {} : { opportunity }),
  };
}
