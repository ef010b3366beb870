import type { Org } from "../org.ts";
import { SalesforceError } from "../salesforce-error.ts";
import type { ObjectDefinition } from "../schema/object.ts";
import { convertLead } from "./convert-lead.ts";
import { deleteRecord, mergeRecords, undeleteRecord } from "./lifecycle.ts";
import { type SentFields, updateRecord } from "./writes.ts";

/**
 * What a person does to a record in the browser. Fields that nobody can write stand for the button that sets them:
 * `IsConverted: true` converts a lead (into `ConvertedAccountId` and `ConvertedContactId` where they are given, without a
 * deal where `ConvertedOpportunityId` is null), `MasterRecordId` merges the record into that one, `IsDeleted` puts it into
 * the recycle bin or takes it out, `LastModifiedById` says who it is. The other fields are saved before. Throws {@link SalesforceError}.
 */
export function editAsPerson(org: Org, object: ObjectDefinition, id: string, sent: SentFields): void {
  const { IsConverted, ConvertedAccountId, ConvertedContactId, ConvertedOpportunityId, ...rest } = sent;
  const { MasterRecordId, IsDeleted, LastModifiedById, ...fields } = object.name === "Lead" ? rest : sent;
  const author = typeof LastModifiedById === "string" ? { by: LastModifiedById } : {};
  if (IsDeleted === false) undeleteRecord(org, object, id);
  const pressed = IsConverted === true || MasterRecordId !== undefined || IsDeleted !== undefined;
  if (!pressed || Object.keys(fields).length > 0) updateRecord(org, object, id, fields, author);
  if (object.name === "Lead" && IsConverted === true) {
    convertLead(org, id, {
      ...(typeof ConvertedAccountId === "string" && { accountId: ConvertedAccountId }),
      ...(typeof ConvertedContactId === "string" && { contactId: ConvertedContactId }),
      createOpportunity: ConvertedOpportunityId !== null,
    });
  }
  if (typeof MasterRecordId === "string") mergeRecords(org, object, MasterRecordId, [id]);
  else if (MasterRecordId !== undefined) {
    throw new SalesforceError("INVALID_OPERATION", "MasterRecordId names the record that this one is merged into.");
  }
  if (IsDeleted === true) deleteRecord(org, object, id);
}
