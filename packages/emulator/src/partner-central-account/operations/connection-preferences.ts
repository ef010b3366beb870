import type { JsonObject } from "../../kernel/index.ts";
import { timestamp } from "../../partner-central-shared/timestamps.ts";
import { listOf, required, type Call } from "../call.ts";
import { conflict } from "../refusal.ts";
import type { ConnectionPreferences } from "../state.ts";

/** GetConnectionPreferences. Until they are changed, everybody may invite. */
export function getConnectionPreferences(call: Call): JsonObject {
  const { accessType, excluded, updatedAt, revision } = preferencesOf(call);
  const { account, catalog } = call.space;
  return {
    Catalog: catalog,
    Arn: `arn:aws:partnercentral:us-east-1:${account}:catalog/${catalog}/connection-preferences`,
    AccessType: accessType,
    ExcludedParticipantIds: excluded,
    UpdatedAt: timestamp(updatedAt),
    Revision: revision,
  };
}

/** UpdateConnectionPreferences, against the revision that was read. */
export function updateConnectionPreferences(call: Call): JsonObject {
  const { revision } = preferencesOf(call);
  if (call.input.Revision !== revision) {
    const message = "The preferences were changed since they were read. Read them again.";
    throw conflict("INCOMPATIBLE_CONNECTION_PREFERENCES_REVISION", message);
  }
  call.space.preferences = {
    accessType: required(call, "AccessType"),
    excluded: listOf(call, "ExcludedParticipantIdentifiers") ?? [],
    updatedAt: call.now,
    revision: revision + 1,
  };
  return getConnectionPreferences(call);
}

function preferencesOf({ space, now }: Call): ConnectionPreferences {
  return (space.preferences ??= { accessType: "ALLOW_ALL", excluded: [], updatedAt: now, revision: 1 });
}
