import type { JsonObject } from "../kernel/index.ts";
import type { Catalog } from "../partner-central-shared/catalog.ts";
import { newId, sharedArn } from "../partner-central-shared/identifiers.ts";
import { timestamp } from "../partner-central-shared/timestamps.ts";
import type { Place } from "./call.ts";
import { participant } from "./partner.ts";
import { notFound } from "./refusal.ts";
import type { ConnectionPurpose, ConnectionType, PartnerCentralAccountState, StoredConnection } from "./state.ts";

/** The connection of two accounts, whatever has become of its purposes. */
function connectionBetween(
  state: PartnerCentralAccountState,
  catalog: Catalog,
  a: string,
  b: string,
): StoredConnection | undefined {
  return Object.values(state.connections).find(
    (connection) =>
      connection.catalog === catalog && connection.accounts.includes(a) && connection.accounts.includes(b),
  );
}

/** Whether two accounts are connected for this purpose now. */
export function isConnected(
  state: PartnerCentralAccountState,
  catalog: Catalog,
  accounts: readonly [string, string],
  type: ConnectionType,
): boolean {
  return connectionBetween(state, catalog, ...accounts)?.purposes[type]?.status === "ACTIVE";
}

/** Those of the account in its catalog, the newest first. */
export function connectionsOf({ state, space }: Place): readonly StoredConnection[] {
  return Object.values(state.connections)
    .filter(({ catalog, accounts }) => catalog === space.catalog && accounts.includes(space.account))
    .reverse();
}

/** By id. Throws when the account has none such. */
export function findConnection(place: Place, id: string): StoredConnection {
  const found = connectionsOf(place).find((connection) => connection.id === id);
  if (found !== undefined) return found;
  throw notFound("CONNECTION_NOT_FOUND", `Connection ${id} does not exist in this account and catalog.`);
}

/** Connects two accounts for a purpose, also when they were connected for it before. */
export function connect(
  state: PartnerCentralAccountState,
  catalog: Catalog,
  accounts: readonly [string, string],
  given: { readonly type: ConnectionType; readonly inviterEmail: string; readonly inviterName: string },
  now: number,
): StoredConnection {
  const { type, inviterEmail, inviterName } = given;
  const before = connectionBetween(state, catalog, ...accounts);
  const id = before?.id ?? newId(state, "pac");
  const purpose: ConnectionPurpose = {
    createdAt: now,
    inviterEmail,
    inviterName,
    status: "ACTIVE",
    canceledAt: null,
    canceledBy: null,
  };
  const purposes = { ...before?.purposes, [type]: purpose };
  return (state.connections[id] = { id, catalog, accounts, ...before, updatedAt: now, purposes });
}

/** The ARN of a connection, which both sides see. */
export function connectionArn({ catalog, id }: StoredConnection): string {
  return sharedArn(catalog, "connection", id);
}

/** The other account of a connection. */
export function otherAccount({ space }: Place, { accounts: [first, second] }: StoredConnection): string {
  return first === space.account ? second : first;
}

/** A connection as GetConnection tells it. */
export function connectionAnswer(place: Place, connection: StoredConnection): JsonObject {
  const OtherParticipant = participant(place, otherAccount(place, connection));
  return answerWith(place, connection, (purpose) => ({
    CreatedAt: timestamp(purpose.createdAt),
    InviterEmail: purpose.inviterEmail,
    InviterName: purpose.inviterName,
    Status: purpose.status,
    CanceledAt: purpose.canceledAt === null ? null : timestamp(purpose.canceledAt),
    CanceledBy: purpose.canceledBy,
    OtherParticipant,
  }));
}

/** A row of ListConnections. */
export function connectionSummary(place: Place, connection: StoredConnection): JsonObject {
  const OtherParticipant = participant(place, otherAccount(place, connection));
  return answerWith(place, connection, ({ status }) => ({ Status: status, OtherParticipant }));
}

function answerWith(
  place: Place,
  connection: StoredConnection,
  tell: (purpose: ConnectionPurpose) => JsonObject,
): JsonObject {
  const { id, catalog, updatedAt, purposes } = connection;
  return {
    Catalog: catalog,
    Id: id,
    Arn: connectionArn(connection),
    OtherParticipantAccountId: otherAccount(place, connection),
    UpdatedAt: timestamp(updatedAt),
    ConnectionTypes: Object.fromEntries(Object.entries(purposes).map(([type, purpose]) => [type, tell(purpose)])),
  };
}
