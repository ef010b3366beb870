import { failureOf, FailureError, type JsonObject } from "@cosell/connector";
import type { Link, NewJournalEntry } from "@cosell/state";
import { type Invited, keep, recordOfInvited, urgent } from "../invitations/invited.ts";
import { readRecords } from "../read-records.ts";
import { baseOfNewRecord } from "./base-of-new-record.ts";
import { createRecord, findByKey } from "./create-record.ts";
import { recordFields, sourceOf } from "./record-fields.ts";

/** On a stored failure: a record was about to be created. */
const creating = "creating-record";
/** Until when a CRM's search may not show what was created. */
const searchLagMs = 60_000;

/**
 * Gives an opportunity that AWS made its record in the CRM, and joins the two. The record is looked for before one is
 * created: the one that was chosen, the one that holds the opportunity's id, the one whose id the opportunity carries.
 * Deals that only look alike wait for a person. May be asked again after a crash at any point. Returns the record's id;
 * `undefined`: a person must choose first.
 */
export async function landOpportunity(
  invited: Invited,
  opportunityId: string,
  chosen: string | undefined,
): Promise<string | undefined> {
  const { store, sync } = invited.options;
  const unfinished = invited.invitation.failure?.code === creating;
  const linked = await store.linkByOpportunity(sync.name, opportunityId);
  if (linked !== undefined) {
    if (unfinished) await agreeOnNewRecord(invited, linked, await opportunityOf(invited, opportunityId));
    return linked.crmRef;
  }
  const key = { field: sync.mapping.link.opportunityId, value: opportunityId };
  const { object } = sync.mapping.crm;
  const holder = chosen ?? (await findByKey({ object, key }, invited.options));
  if (holder !== undefined && !unfinished) return (await join(invited, holder, opportunityId, "found")).crmRef;
  const opportunity = await opportunityOf(invited, opportunityId);
  const named = holder ?? (await recordNamedBy(opportunity, invited));
  if (named !== undefined && !unfinished) return (await join(invited, named, opportunityId, "found")).crmRef;
  if (holder === undefined && invited.invitation.duplicates.length > 0) return undefined;
  const { ref, gaps } =
    holder === undefined ? await create(invited, opportunityId, opportunity) : { ref: holder, gaps: [] };
  const link = await join(invited, ref, opportunityId, "created", gaps);
  await agreeOnNewRecord(invited, link, opportunity);
  return link.crmRef;
}

async function opportunityOf(invited: Invited, id: string): Promise<JsonObject> {
  invited.tally.floor.reads += 1;
  return invited.options.partnerCentral.getOpportunity(id, urgent(invited));
}

/** The intention is stored before the record is made, so that a crash leaves a trace of what is half done. */
async function create(
  invited: Invited,
  opportunityId: string,
  opportunity: JsonObject,
): Promise<{ readonly ref: string; readonly gaps: readonly string[] }> {
  const { sync, clock } = invited.options;
  const { invitation } = invited;
  const use = recordOfInvited(invited);
  const { object } = sync.mapping.crm;
  if (use === undefined || use.mapping.crm.object !== object) {
    throw new FailureError({
      kind: "invalid",
      code: "no-invitation-mapping",
      message: `No mapping of invitations makes an ${object} of this one. Add one to the sync's invitations, or join it to a record that exists.`,
      issues: [],
    });
  }
  const { failure, updatedAt } = invitation;
  if (failure?.code === creating && !sync.capabilities.idempotentCreate && clock.now() < updatedAt + searchLagMs) {
    const message = "The CRM may not show yet what was created. It is looked at again in a minute.";
    throw new FailureError({ kind: "transient", code: creating, message });
  }
  const { fields, gaps } = recordFields(use.mapping, sourceOf(invitation.data, opportunityId, opportunity));
  const message = "The CRM record is being created.";
  await keep(invited, { failure: { kind: "unknown-outcome", code: creating, message } });
  const key = { field: sync.mapping.link.opportunityId, value: opportunityId };
  const { ref, created } = await createRecord({ object, fields, key }, invited.options);
  if (created) invited.tally.recordsCreated += 1;
  return { ref, gaps: gaps.map((gap) => gap.message) };
}

/** The record whose id AWS keeps as `PartnerOpportunityIdentifier`, if it is one of this CRM that can be read. */
async function recordNamedBy(opportunity: JsonObject, { options }: Invited): Promise<string | undefined> {
  const stated = opportunity["PartnerOpportunityIdentifier"];
  if (typeof stated !== "string" || stated === "") return undefined;
  let ref: string;
  try {
    ref = options.sync.connection.canonicalRef(stated);
  } catch {
    return undefined; // An identifier of another system.
  }
  const [read] = await readRecords([ref], options);
  return read?.status === "found" ? ref : undefined;
}

async function join(
  { invitation, options }: Invited,
  crmRef: string,
  opportunityId: string,
  how: "created" | "found",
  gaps: readonly string[] = [],
): Promise<Link> {
  const { store, sync, clock } = options;
  const of = invitation.id === opportunityId ? "" : ` of invitation ${invitation.id}`;
  const entry: NewJournalEntry = {
    at: clock.now(),
    kind: how === "created" ? "record-created" : "adopted",
    summary:
      how === "created"
        ? `Created this record for opportunity ${opportunityId}${of}, which AWS referred.${gaps.length > 0 ? ` Not filled: ${gaps.join(" ")}` : ""}`
        : `Opportunity ${opportunityId}${of} belongs to this record: linked, nothing was created.`,
    detail: { opportunityId, invitation: invitation.id },
  };
  const title = invitation.title === undefined ? {} : { title: invitation.title };
  try {
    return await store.join(sync.name, { crmRef, opportunityId, ...title }, [entry]);
  } catch (error) {
    if (failureOf(error)?.kind !== "conflict") throw error;
    throw new FailureError(
      {
        kind: "invalid",
        code: "record-linked-already",
        message: `Opportunity ${opportunityId} belongs to CRM record ${crmRef}, which is joined to another opportunity already. Join it to another record, or let a new one be created.`,
        issues: [],
      },
      { cause: error },
    );
  }
}

/** Until this is stored, the stored intention says that the record is ours and new. */
async function agreeOnNewRecord({ options }: Invited, link: Link, opportunity: JsonObject): Promise<void> {
  const { store, sync, target } = options;
  if ((await store.baseValues(link.id)).size > 0) return;
  const [read] = await readRecords([link.crmRef], options);
  if (read?.status !== "found") return;
  await store.settle(link.id, { base: baseOfNewRecord(read.record, opportunity, { mapping: sync.mapping, target }) });
}
