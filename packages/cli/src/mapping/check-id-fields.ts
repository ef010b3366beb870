import type { Capabilities } from "@cosell/connector";
import type { Finding, InvitationMapping, MappingDocument, Position } from "@cosell/core";
import type { InvitationRecord } from "@cosell/engine";
import type { SchemaFor } from "./check-file.ts";

/** A field of the CRM that must keep a record from being made twice. */
interface IdField {
  readonly name: string;
  readonly object: string;
  /** The rule that writes it. */
  readonly at: Position;
  readonly why: string;
  /** What else can be done than to make it unique. */
  readonly otherwise: string;
}

/**
 * Fields that must be unique in the CRM and are not. A connector that says `idempotentCreate` makes a record by such a
 * field, and fails with `config` where the CRM does not keep its values apart.
 */
export async function checkIdFields(
  deals: MappingDocument,
  records: readonly InvitationRecord[],
  { capabilities, schemaFor }: { readonly capabilities: Capabilities; readonly schemaFor: SchemaFor },
): Promise<readonly Finding[]> {
  if (!capabilities.idempotentCreate) return [];
  const { invitationIdField } = await import("@cosell/engine");
  const findings: Finding[] = [];
  for (const { name, object, at, why, otherwise } of idFields(deals, records, invitationIdField)) {
    const { connector } = deals.crm;
    const schema = await schemaFor({ crm: { connector, object: { text: object, at } } });
    const field = schema?.objects[object]?.fields.find((each) => each.name === name);
    if (field === undefined || field.unique === true) continue;
    const message = `${name} of ${object} is not unique in the CRM. ${why}: as long as the CRM takes the same value twice, the sync stops at each invitation instead of risking a second record. Make the field unique in the CRM (where that can be chosen for new fields only, make one and name it here)${otherwise}.`;
    const { file, line, column } = at;
    findings.push({ file, line, column, severity: "error", code: "id-field-not-unique", message });
  }
  return findings;
}

function idFields(
  deals: MappingDocument,
  records: readonly InvitationRecord[],
  idFieldOf: (mapping: InvitationMapping) => string | undefined,
): readonly IdField[] {
  const own = deals.crm.object.text;
  const received = records.flatMap(({ mapping, create }): readonly IdField[] => {
    const name = idFieldOf(mapping);
    const rule = mapping.inbound.find(({ field }) => field === name);
    if (create !== "received" || rule === undefined) return [];
    const { object } = mapping.crm;
    const why = "A record is made as soon as an invitation is received, and found again by this field";
    const otherwise = object === own ? ", or have records made of accepted invitations only: create: accepted" : "";
    return [{ name: rule.field, object, at: rule.rule, why, otherwise }];
  });
  if (!records.some(({ mapping }) => mapping.crm.object === own)) return received;
  const { text: name, at } = deals.link.opportunityId;
  const why = "The record of an accepted invitation is found again by this field";
  return [{ name, object: own, at, why, otherwise: "" }, ...received];
}
