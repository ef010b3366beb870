import { isJsonObject, type JsonObject } from "../kernel/index.ts";
import { textAt } from "../partner-central-shared/paths.ts";
import { timestamp } from "../partner-central-shared/timestamps.ts";
import type { Call, Place } from "./call.ts";
import { accountMeant, identifiersOf, partnerHead } from "./partner.ts";
import { invalidBusiness, invalidField } from "./refusal.ts";
import type { AccountSpace, PartnerCentralAccountState, QualificationsTask, StoredPartner } from "./state.ts";

/** How many partners can be associated under one primary partner. Source: the model's list. */
export const mostAssociated = 6;

/** The primary partner's account: another's, the account itself while others are associated with it, or none. */
export function primaryOf(place: Place): string | undefined {
  const { space } = place;
  return space.qualifications?.primary ?? (associatedWith(place, space.account).length > 0 ? space.account : undefined);
}

/** The parts of the catalog whose qualifications are associated with this primary partner. */
export function associatedWith({ state, space }: Place, primary: string): readonly AccountSpace[] {
  return Object.values(state.spaces).filter(
    ({ catalog, qualifications }) => catalog === space.catalog && qualifications?.primary === primary,
  );
}

/** `ProfileId` and `AccountId` of a partner. */
export function associationPartner({ state, space }: Place, account: string): JsonObject {
  const partner = state.spaces[`${account}/${space.catalog}`]?.partner ?? null;
  return { ProfileId: partner?.profileId ?? null, AccountId: account };
}

/** The account that an input's `ProfileId` and `AccountId` name together. Throws when they name none, or two. */
export function namedPartner(call: Call, member: string): string {
  const given = call.input[member];
  const named = ["ProfileId", "AccountId"].flatMap((name) => (isJsonObject(given) ? (textAt(given, name) ?? []) : []));
  const [first] = named;
  if (first === undefined) {
    throw invalidField(member, "REQUIRED_FIELD_MISSING", "Give ProfileId, AccountId or both.");
  }
  const account = accountMeant(call, first);
  if (account !== undefined && named.every((name) => identifiersOf(call, account).includes(name))) return account;
  throw invalidBusiness({
    Code: "INCOMPATIBLE_PRIMARY_PARTNER",
    Message: `${member} names no partner of this catalog.`,
  });
}

/** A task as its Get operation tells it; `member` holds the other partner. */
export function qualificationsTaskAnswer(
  place: Place,
  partner: StoredPartner,
  task: QualificationsTask,
  member: "PrimaryPartner" | "AssociatedPartner",
): JsonObject {
  return {
    ...partnerHead(place.space, partner),
    TaskId: task.id,
    Status: task.status,
    [member]: associationPartner(place, task.partner),
    StartedAt: timestamp(task.startedAt),
    EndedAt: task.status === "SUCCEEDED" ? timestamp(task.endsAt) : null,
  };
}

/** Ends the tasks that are due. */
export function settleQualifications(state: PartnerCentralAccountState, now: number): void {
  for (const space of Object.values(state.spaces)) {
    const { associationTask: association, disassociationTask: disassociation } = space;
    if (association !== null && isDue(association, now)) {
      space.associationTask = { ...association, status: "SUCCEEDED" };
      space.qualifications = { primary: association.partner, since: association.endsAt };
    }
    if (disassociation !== null && isDue(disassociation, now)) {
      space.disassociationTask = { ...disassociation, status: "SUCCEEDED" };
      space.qualifications = null;
    }
  }
}

function isDue({ status, endsAt }: QualificationsTask, now: number): boolean {
  return status === "IN_PROGRESS" && endsAt <= now;
}
