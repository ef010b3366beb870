import { FailureError } from "@cosell/connector";
import { type ApplyStep, recordOf } from "../deal.ts";
import { changesAsJson } from "./journal.ts";

/** Writes values from AWS into the CRM record: one write, refused if a person changed the record since it was read. */
export const applyWriteCrm: ApplyStep<"write-crm"> = async ({ fields, changes }, deal) => {
  const { sync, clock } = deal.options;
  const { crm } = deal;
  const record = recordOf(deal);
  if (crm.status !== "found" || record === undefined) throw new Error(`record ${deal.link.crmRef} was not read`);
  const [result] = await sync.connection.write([
    {
      kind: "update",
      object: sync.mapping.crm.object,
      ref: deal.link.crmRef,
      fields,
      ifVersion: crm.version,
    },
  ]);
  if (result === undefined) throw new Error(`the connector gave no result for record ${deal.link.crmRef}`);
  if (!result.ok) throw new FailureError(result.failure);
  deal.crm = { ...crm, record: { ...record, ...fields }, version: result.version ?? crm.version };
  deal.tally.crmWrites += 1;
  deal.tally.inbound ||= changes.some(({ reason, sources }) => reason !== "mirror" || sources.some(isFromAws));
  const names = changes.map(({ path }) => path).join(", ");
  return {
    journal: [
      {
        at: clock.now(),
        kind: "crm-write",
        summary: `Wrote ${names} in the CRM.`,
        detail: { changes: changesAsJson(changes) },
      },
    ],
  };
};

function isFromAws(path: string): boolean {
  return !path.startsWith("Link.") && path !== "Id";
}
