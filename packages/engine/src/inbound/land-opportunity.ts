import { failureOf, FailureError, type JsonObject } from "@cosell/connector";
import type { BaseValue, NewJournalEntry } from "@cosell/state";
import { creatingRecord, type Invited, isHalfMade, keep, recordOfInvited, urgent } from "../invitations/invited.ts";
import { readRecords } from "../read-records.ts";
import { recordNamedBy } from "../record-named-by.ts";
import { baseOfNewRecord } from "./base-of-new-record.ts";
import { createRecord, findByKey } from "./create-record.ts";
import { recordFields, sourceOf } from "./record-fields.ts";

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
  const unfinished = isHalfMade(invited.invitation);
  const linked = await store.linkByOpportunity(sync.name, opportunityId);
  if (linked !== undefined) return linked.crmRef;
  const key = { field: sync.mapping.link.opportunityId, value: opportunityId };
  const { object } = sync.mapping.crm;
  const holder = chosen ?? (await findByKey({ object, key }, invited.options));
  if (holder !== undefined && !unfinished) return join(invited, holder, opportunityId, { how: "found" });
  const opportunity = await opportunityOf(invited, opportunityId);
  const named = holder ?? (await readableRecordNamedBy(opportunity, invited));
  if (named !== undefined && !unfinished) return join(invited, named, opportunityId, { how: "found" });
  if (holder === undefined && invited.invitation.duplicates.length > 0) return undefined;
  const { ref, gaps } =
    holder === undefined ? await create(invited, opportunityId, opportunity) : { ref: holder, gaps: [] };
  // Whoever reconciles the new link first must know what is agreed, or AWS's values would look like somebody's changes.
  const base = await agreedOn(ref, opportunity, invited);
  return join(invited, ref, opportunityId, { how: "created", gaps, base });
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
  const { sync } = invited.options;
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
  if (isHalfMade(invitation) && !sync.capabilities.idempotentCreate && mayBeHidden(invited)) throw notShownYet();
  const { fields, gaps } = recordFields(use.mapping, sourceOf(invitation.data, opportunityId, opportunity));
  const isFirst = !isHalfMade(invitation);
  const message = "The CRM record is being created.";
  await keep(invited, { failure: { kind: "unknown-outcome", code: creatingRecord, message } });
  const key = { field: sync.mapping.link.opportunityId, value: opportunityId };
  const { ref, created } = await createRecord({ object, fields, key }, invited.options).catch(
    async (error: unknown) => {
      const kind = failureOf(error)?.kind;
      // Refused at the first try, nothing was made: a record that a person makes now is not ours.
      if (isFirst && (kind === "invalid" || kind === "permission")) await keep(invited, { failure: undefined });
      throw error;
    },
  );
  if (created) invited.tally.recordsCreated += 1;
  return { ref, gaps: gaps.map((gap) => gap.message) };
}

/** The record whose id the opportunity carries, if it can be read. */
async function readableRecordNamedBy(opportunity: JsonObject, { options }: Invited): Promise<string | undefined> {
  const ref = recordNamedBy(opportunity, options.sync.connection);
  const [read] = ref === undefined ? [] : await readRecords([ref], options);
  return read?.status === "found" ? ref : undefined;
}

/** Why a record and an opportunity belong together; of a new record, what could not be filled and what is agreed. */
type Joining =
  | { readonly how: "found"; readonly gaps?: undefined; readonly base?: undefined }
  | {
      readonly how: "created";
      readonly gaps: readonly string[];
      readonly base: ReadonlyMap<string, BaseValue> | undefined;
    };

async function join(
  { invitation, options }: Invited,
  crmRef: string,
  opportunityId: string,
  { how, gaps = [], base }: Joining,
): Promise<string> {
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
    const known = base === undefined ? {} : { base };
    return (await store.join(sync.name, { crmRef, opportunityId, ...title, ...known }, [entry])).crmRef;
  } catch (error) {
    if (failureOf(error)?.code !== "opportunity-linked-twice") throw error;
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

/** What a record that was just made agrees on with its opportunity; `undefined`: it is gone again, and the link will say so. */
async function agreedOn(
  crmRef: string,
  opportunity: JsonObject,
  invited: Invited,
): Promise<ReadonlyMap<string, BaseValue> | undefined> {
  const { sync, target } = invited.options;
  const [read] = await readRecords([crmRef], invited.options);
  if (read?.status === "missing" && mayBeHidden(invited)) throw notShownYet();
  if (read?.status !== "found") return undefined;
  return baseOfNewRecord(read.record, opportunity, { mapping: sync.mapping, target });
}

/** Was the record made, if it was, so short a time ago that the CRM may not show it? */
function mayBeHidden({ invitation, options }: Invited): boolean {
  return options.clock.now() < invitation.updatedAt + searchLagMs;
}

function notShownYet(): FailureError {
  const message = "The CRM may not show yet what was created. It is looked at again in a minute.";
  return new FailureError({ kind: "transient", code: creatingRecord, message });
}
