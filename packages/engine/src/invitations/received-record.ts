import { FailureError, type JsonObject, type JsonValue } from "@cosell/connector";
import { createRecord } from "../inbound/create-record.ts";
import { invitationIdField, recordFields, sourceOf } from "../inbound/record-fields.ts";
import { type Invited, keep, recordOfInvited } from "./invited.ts";

/**
 * Makes the record of an invitation that has just arrived, where its mapping makes one so early. It is found again by
 * the field that keeps the invitation's id, so that there is never a second one.
 */
export async function createReceivedRecord(invited: Invited): Promise<void> {
  const { invitation, options } = invited;
  const use = recordOfInvited(invited);
  if (use?.create !== "received" || invitation.crmRef !== undefined || options.sync.direction === "outbound") return;
  const field = invitationIdField(use.mapping);
  if (field === undefined) {
    throw new FailureError({
      kind: "invalid",
      code: "no-invitation-id-field",
      message: `The mapping ${use.mapping.id} makes a record of an invitation as soon as it is received, but no rule of it writes Invitation.Id, by which the record would be found again. Add one.`,
      issues: [],
    });
  }
  const { fields } = recordFields(use.mapping, sourceOf(invitation.data, invitation.opportunityId));
  const key = { field, value: invitation.id };
  const { ref, created } = await createRecord({ object: use.mapping.crm.object, fields, key }, options);
  if (created) invited.tally.recordsCreated += 1;
  await keep(invited, { crmRef: ref });
}

/**
 * Shows in the CRM what has become of an invitation since its record was made: the values that its mapping gives
 * differently now. `before` is the invitation as the record was written from. Best effort: the next change tells it again.
 */
export async function showInRecord(invited: Invited, before: JsonObject): Promise<void> {
  const { invitation, options, settings } = invited;
  const { crmRef, data, opportunityId } = invitation;
  const use = settings.records.find(({ mapping }) => mapping.matches(before));
  if (use?.create !== "received" || crmRef === undefined || options.sync.direction === "outbound") return;
  const then = sourceOf(before, undefined);
  const now = sourceOf(data, opportunityId);
  const fields: Record<string, JsonValue> = {};
  for (const rule of use.mapping.inbound.filter(({ write }) => write === "always")) {
    const [old, fresh] = [rule.run(then), rule.run(now)];
    if (fresh.kind !== "value") continue;
    if (old.kind !== "value" || JSON.stringify(old.value) !== JSON.stringify(fresh.value))
      fields[rule.field] = fresh.value;
  }
  if (Object.keys(fields).length === 0) return;
  const update = { kind: "update", object: use.mapping.crm.object, ref: crmRef, fields } as const;
  const [result] = await options.sync.connection.write([update]);
  if (result?.ok === false) {
    options.logger.warn("could not show an invitation in its record", {
      invitation: invitation.id,
      kind: result.failure.kind,
    });
  }
}
