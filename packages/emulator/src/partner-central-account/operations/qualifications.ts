import type { JsonObject } from "../../kernel/index.ts";
import { newId } from "../../partner-central-shared/identifiers.ts";
import { timestamp } from "../../partner-central-shared/timestamps.ts";
import { once, type Call } from "../call.ts";
import { isConnected } from "../connection.ts";
import { ownPartner, partnerHead } from "../partner.ts";
import {
  associatedWith,
  associationPartner,
  mostAssociated,
  namedPartner,
  primaryOf,
  qualificationsTaskAnswer,
} from "../qualifications.ts";
import { conflict, invalidBusiness, notFound } from "../refusal.ts";
import type { QualificationsTask } from "../state.ts";

/** StartQualificationsAssociationTask: with a primary partner whose subsidiary the account is. */
export function startQualificationsAssociationTask(call: Call): JsonObject {
  return once(call, () => {
    const { space } = call;
    const partner = ownPartner(call);
    assertIdle(call);
    const primary = namedPartner(call, "PrimaryPartner");
    assertMayAssociate(call, primary);
    const task = started(call, "pqatask", primary);
    space.associationTask = task;
    return qualificationsTaskAnswer(call, partner, task, "PrimaryPartner");
  });
}

/** StartQualificationsDisassociationTask: from the primary partner that the account is associated with. */
export function startQualificationsDisassociationTask(call: Call): JsonObject {
  return once(call, () => {
    const { space } = call;
    const partner = ownPartner(call);
    assertIdle(call);
    const primary = namedPartner(call, "AssociatedPartner");
    if (space.qualifications === null) {
      if (primaryOf(call) === space.account) {
        throw invalidBusiness({
          Code: "INCOMPATIBLE_PRIMARY_PARTNER",
          Message: "The primary partner itself cannot disassociate.",
        });
      }
      throw invalidBusiness({
        Code: "QUALIFICATIONS_ASSOCIATION_NOT_FOUND",
        Message: "The partner's qualifications are associated with nobody.",
      });
    }
    if (space.qualifications.primary !== primary) {
      throw invalidBusiness({
        Code: "INCOMPATIBLE_PRIMARY_PARTNER",
        Message: "The partner's qualifications are associated with another partner.",
      });
    }
    const task = started(call, "pqdtask", primary);
    space.disassociationTask = task;
    return qualificationsTaskAnswer(call, partner, task, "AssociatedPartner");
  });
}

/** GetQualificationsAssociationTask: the newest. */
export function getQualificationsAssociationTask(call: Call): JsonObject {
  const partner = ownPartner(call);
  const task = call.space.associationTask;
  if (task === null) throw notFound("QUALIFICATIONS_ASSOCIATION_TASK_NOT_FOUND", "There was no such task yet.");
  return qualificationsTaskAnswer(call, partner, task, "PrimaryPartner");
}

/** GetQualificationsDisassociationTask: the newest. */
export function getQualificationsDisassociationTask(call: Call): JsonObject {
  const partner = ownPartner(call);
  const task = call.space.disassociationTask;
  if (task === null) throw notFound("QUALIFICATIONS_DISASSOCIATION_TASK_NOT_FOUND", "There was no such task yet.");
  return qualificationsTaskAnswer(call, partner, task, "AssociatedPartner");
}

/** GetQualificationsAssociationDetails: for an associated partner and for the primary one alike. */
export function getQualificationsAssociationDetails(call: Call): JsonObject {
  const head = partnerHead(call.space, ownPartner(call));
  const primary = primaryOf(call);
  if (primary === undefined) return { ...head, Status: "NOT_ASSOCIATED" };
  const associated = associatedWith(call, primary);
  const since =
    call.space.qualifications?.since ?? Math.max(...associated.map((each) => each.qualifications?.since ?? 0));
  return {
    ...head,
    Status: "ASSOCIATED",
    PrimaryPartner: associationPartner(call, primary),
    AssociatedPartners: associated.map(({ account }) => associationPartner(call, account)),
    UpdatedAt: timestamp(since),
  };
}

function assertIdle({ space }: Call): void {
  const running = [space.associationTask, space.disassociationTask].some((task) => task?.status === "IN_PROGRESS");
  if (!running) return;
  throw conflict("INCOMPATIBLE_QUALIFICATIONS_ASSOCIATION_TASK_STATE", "A task for the qualifications is in progress.");
}

function assertMayAssociate(call: Call, primary: string): void {
  const { space, state } = call;
  const refuse = (Code: string, Message: string): Error => invalidBusiness({ Code, Message });
  if (primary === space.account) throw refuse("INCOMPATIBLE_PRIMARY_PARTNER", "A partner cannot be its own primary.");
  if (space.qualifications !== null) {
    throw refuse("QUALIFICATIONS_ASSOCIATION_EXISTS", "The partner's qualifications are associated already.");
  }
  if (!isConnected(state, space.catalog, [space.account, primary], "SUBSIDIARY")) {
    const message = "The two partners have no active connection of type SUBSIDIARY.";
    throw refuse("MISSING_ACTIVE_SUBSIDIARY_CONNECTION", message);
  }
  const primarysOwn = state.spaces[`${primary}/${space.catalog}`]?.qualifications ?? null;
  if (primarysOwn !== null || associatedWith(call, space.account).length > 0) {
    throw refuse("INCOMPATIBLE_PRIMARY_PARTNER", "One of the two is associated with others already.");
  }
  if (associatedWith(call, primary).length >= mostAssociated) {
    throw refuse("QUALIFICATIONS_ASSOCIATION_LIMIT_EXCEEDED", `A primary partner has up to ${mostAssociated} others.`);
  }
}

function started({ state, settings, now }: Call, prefix: string, partner: string): QualificationsTask {
  const id = newId(state, prefix);
  return { id, partner, startedAt: now, endsAt: now + settings.taskDelayMs, status: "IN_PROGRESS" };
}
