import { checkDocument, type CheckOptions } from "../check/check-mapping.ts";
import type { Condition, InvitationDocument, MappingDocument, Rule } from "../document.ts";
import type { Finding } from "../mapping.ts";

/** Finds everything that is wrong with what an invitation mapping means, in the order of the file. Throws nothing. */
export function checkInvitationMapping(document: InvitationDocument, options: CheckOptions): readonly Finding[] {
  const [first] = document.inbound;
  if (first !== undefined) return checkDocument(inboundOnly(document, first), options, "new");
  const { file, line, column } = document.crm.object.at;
  const message = "An invitation mapping needs rules under inbound: what the new record holds.";
  return [{ file, line, column, severity: "error", code: "empty-mapping", message }];
}

/**
 * The same rules as a mapping without an outbound half, so that one checker judges both kinds: `match` as a condition of
 * every rule, and as the link a field that is written anyway.
 */
function inboundOnly({ match, ...document }: InvitationDocument, first: Rule): MappingDocument {
  const { file, version, id, crm, tables } = document;
  const inbound = match === undefined ? document.inbound : document.inbound.map((rule) => onlyWhere(match, rule));
  const authority = { default: "aws" as const, entries: [] };
  return { file, version, id, crm, tables, inbound, authority, outbound: [], link: { opportunityId: first.target } };
}

function onlyWhere(match: Condition, rule: Rule): Rule {
  const { when } = rule.body;
  return { ...rule, body: { ...rule.body, when: when === undefined ? match : { kind: "all", of: [match, when] } } };
}
