import { FailureError, type JsonObject } from "@cosell/connector";
import type { Insertable, Selectable } from "kysely";
import type { Queries } from "./backend.ts";
import type { InboxInvitation, InvitationPatch, InvitationStatus } from "./inbox.ts";
import type { InvitationsTable } from "./tables.ts";

/** One that was found at AWS, with as much as is known of it. */
export type FoundInvitation = Pick<InboxInvitation, "id"> & InvitationPatch;

/** Stores what was found: new ones wait for a decision, of the others only what differs changes. Returns how many are new. */
export const storeInvitations = async (
  queries: Queries,
  sync: string,
  found: readonly FoundInvitation[],
  now: number,
): Promise<number> => {
  let added = 0;
  for (const { id, ...patch } of found) {
    const fresh: Insertable<InvitationsTable> = {
      ...{ status: "pending", data: "{}", duplicates: "[]" },
      ...patchRow(patch),
      sync,
      id,
      created_at: now,
      updated_at: now,
    };
    const inserted = await queries
      .insertInto("invitations")
      .values(fresh)
      .onConflict((conflict) => conflict.columns(["sync", "id"]).doNothing())
      .returning("id")
      .executeTakeFirst();
    if (inserted === undefined) await patchInvitation(queries, sync, id, patch, now);
    else added += 1;
  }
  return added;
};

/** Changes members of an invitation. Throws `missing` for one that is not in the inbox. */
export const patchInvitation = async (
  queries: Queries,
  sync: string,
  id: string,
  patch: InvitationPatch,
  now: number,
): Promise<void> => {
  const row = await queries
    .selectFrom("invitations")
    .where((where) => where.and({ sync, id }))
    .selectAll()
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row === undefined)
    throw new FailureError({
      kind: "missing",
      code: "unknown-invitation",
      message: `The inbox of sync "${sync}" has no invitation ${id}. It may have been found by another sync, or not yet; nothing was stored.`,
    });
  const changes = patchRow(patch);
  if (Object.entries(changes).every(([column, value]) => row[column as keyof typeof row] === value)) return;
  await queries
    .updateTable("invitations")
    .set({ ...changes, updated_at: now })
    .where((where) => where.and({ sync, id }))
    .execute();
};

export const findInvitation = async (
  queries: Queries,
  sync: string,
  id: string,
): Promise<InboxInvitation | undefined> => {
  const row = await queries
    .selectFrom("invitations")
    .where((where) => where.and({ sync, id }))
    .selectAll()
    .executeTakeFirst();
  return row && invitationOf(row);
};

/** Those of a sync, the soonest to expire first, those that do not expire last. */
export const listInvitations = async (
  queries: Queries,
  sync: string,
  status: readonly InvitationStatus[] | undefined,
): Promise<readonly InboxInvitation[]> => {
  if (status?.length === 0) return [];
  const rows = await queries
    .selectFrom("invitations")
    .where("sync", "=", sync)
    .$if(status !== undefined, (query) => query.where("status", "in", status ?? []))
    .selectAll()
    .orderBy("expires_at", (order) => order.asc().nullsLast())
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map(invitationOf);
};

type Column = Exclude<keyof InvitationsTable, "sync" | "id" | "created_at" | "updated_at">;

/** `json`: kept as text. What may not be absent has the value that stands for nothing. */
const columns: Readonly<
  Record<keyof InvitationPatch, { readonly column: Column; readonly json?: true; readonly nothing?: string }>
> = {
  status: { column: "status", nothing: "pending" },
  payloadType: { column: "payload_type" },
  title: { column: "title" },
  customer: { column: "customer" },
  sender: { column: "sender" },
  engagementId: { column: "engagement_id" },
  opportunityId: { column: "opportunity_id" },
  crmRef: { column: "crm_ref" },
  expiresAt: { column: "expires_at" },
  data: { column: "data", json: true, nothing: "{}" },
  duplicates: { column: "duplicates", json: true, nothing: "[]" },
  decision: { column: "decision", json: true },
  clientToken: { column: "client_token" },
  alarmedAt: { column: "alarmed_at" },
  failure: { column: "failure", json: true },
};

const patchRow = (patch: InvitationPatch): Partial<Selectable<InvitationsTable>> =>
  Object.fromEntries(
    Object.entries(columns)
      .filter(([member]) => member in patch)
      .map(([member, { column, json, nothing = null }]) => {
        const value = patch[member as keyof InvitationPatch];
        return [column, value === undefined ? nothing : json === true ? JSON.stringify(value) : value];
      }),
  );

const invitationOf = (row: Selectable<InvitationsTable>): InboxInvitation => ({
  sync: row.sync,
  id: row.id,
  status: row.status,
  payloadType: row.payload_type ?? undefined,
  title: row.title ?? undefined,
  customer: row.customer ?? undefined,
  sender: row.sender ?? undefined,
  engagementId: row.engagement_id ?? undefined,
  opportunityId: row.opportunity_id ?? undefined,
  crmRef: row.crm_ref ?? undefined,
  expiresAt: row.expires_at ?? undefined,
  data: JSON.parse(row.data) as JsonObject,
  duplicates: JSON.parse(row.duplicates) as InboxInvitation["duplicates"],
  decision: row.decision === null ? undefined : (JSON.parse(row.decision) as InboxInvitation["decision"]),
  clientToken: row.client_token ?? undefined,
  alarmedAt: row.alarmed_at ?? undefined,
  failure: row.failure === null ? undefined : (JSON.parse(row.failure) as InboxInvitation["failure"]),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});
