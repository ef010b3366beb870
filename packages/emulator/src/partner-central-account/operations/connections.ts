import type { JsonObject } from "../../kernel/index.ts";
import { pageOf } from "../../partner-central-shared/paging.ts";
import { textAt } from "../../partner-central-shared/paths.ts";
import { listOf, once, required, type Call } from "../call.ts";
import { connectionAnswer, connectionsOf, connectionSummary, findConnection, otherAccount } from "../connection.ts";
import { announceEnd } from "../connection-events.ts";
import { identifiersOf } from "../partner.ts";
import { conflict } from "../refusal.ts";
import type { ConnectionType, StoredConnection } from "../state.ts";

/** GetConnection. */
export function getConnection(call: Call): JsonObject {
  return connectionAnswer(call, findConnection(call, required(call, "Identifier")));
}

/**
 * ListConnections: the active ones, the newest first. A type alone asks for those that are active for it; `TYPE:CANCELED`
 * for those that were. The form after the colon is a guess from the model's pattern.
 */
export function listConnections(call: Call): JsonObject {
  const [type, status = "ACTIVE"] = (textAt(call.input, "ConnectionType") ?? "").split(":");
  const others = listOf(call, "OtherParticipantIdentifiers");
  const found = connectionsOf(call).filter(
    (connection) =>
      hasPurpose(connection, type ?? "", status) &&
      (others === undefined ||
        identifiersOf(call, otherAccount(call, connection)).some((name) => others.includes(name))),
  );
  const { items, NextToken } = pageOf(call, found);
  return { ConnectionSummaries: items.map((item) => connectionSummary(call, item)), NextToken };
}

/** CancelConnection: ends one purpose; either side can. */
export function cancelConnection(call: Call): JsonObject {
  return once(call, () => {
    const { state, space, now } = call;
    const connection = findConnection(call, required(call, "Identifier"));
    const type = required(call, "ConnectionType") as ConnectionType;
    const purpose = connection.purposes[type];
    if (purpose?.status !== "ACTIVE") {
      throw conflict("INCOMPATIBLE_CONNECTION_STATE", `The connection is not active for ${type}.`);
    }
    const canceled = { ...purpose, status: "CANCELED", canceledAt: now, canceledBy: space.account } as const;
    const next = { ...connection, updatedAt: now, purposes: { ...connection.purposes, [type]: canceled } };
    state.connections[connection.id] = next;
    announceEnd(call, next, type);
    return connectionAnswer(call, next);
  });
}

function hasPurpose({ purposes }: StoredConnection, wanted: string, wantedStatus: string): boolean {
  return Object.entries(purposes).some(
    ([type, { status }]) => (wanted === "" || type === wanted) && status === wantedStatus.toUpperCase(),
  );
}
