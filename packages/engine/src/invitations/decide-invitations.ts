import { FailureError } from "@cosell/connector";
import type { InboxInvitation } from "@cosell/state";
import type { EngineOptions } from "../engine.ts";
import { advanceInvitations } from "./advance-invitations.ts";
import { storeDecision } from "./decide-pending.ts";
import { type Invited, keep, newInvitationTally } from "./invited.ts";
import { type InvitationSettings, rejectionReasons } from "./settings.ts";

/** An operator's choice for some invitations. */
export interface InvitationChoice {
  readonly take: "accept" | "reject";
  /** To reject: one of AWS's five reasons. @defaultValue "Other" */
  readonly reason?: string;
  /**
   * Where the CRM has deals that may be the same: join the opportunity to this record, or make a new one. Without it such
   * an invitation is left alone.
   */
  readonly record?: { readonly linkTo: string } | "create";
  readonly signal?: AbortSignal;
}

/** What became of one invitation that was decided. */
export interface InvitationOutcome {
  readonly id: string;
  readonly outcome: "accepted" | "rejected" | "underway" | "refused" | "failed";
  /** One sentence: why it was refused or failed, or where it is now. */
  readonly message: string;
  readonly opportunityId: string | undefined;
  readonly crmRef: string | undefined;
}

/** Carries out an operator's choice, one invitation after the other. `all`: every one that waits. Throws what concerns them all. */
export async function decideInvitations(
  which: readonly string[] | "all",
  choice: InvitationChoice,
  options: EngineOptions,
  settings: InvitationSettings,
): Promise<readonly InvitationOutcome[]> {
  const { store, sync } = options;
  refuseReason(choice);
  const ids =
    which === "all" ? (await store.invitations(sync.name, { status: ["pending"] })).map(({ id }) => id) : which;
  const outcomes: InvitationOutcome[] = [];
  for (const id of new Set(ids)) {
    const invitation = await store.invitation(sync.name, id);
    outcomes.push(
      invitation === undefined
        ? {
            ...nothing(id),
            outcome: "refused",
            message: "The inbox has no such invitation. `cosell sync` looks for new ones.",
          }
        : await decideOne(invitation, choice, options, settings),
    );
  }
  return outcomes;
}

async function decideOne(
  invitation: InboxInvitation,
  choice: InvitationChoice,
  options: EngineOptions,
  settings: InvitationSettings,
): Promise<InvitationOutcome> {
  const refused = refusal(invitation, choice);
  if (refused !== undefined) return { ...nothing(invitation.id), outcome: "refused", message: refused };
  const { signal } = choice;
  const invited: Invited = { options, settings, signal, tally: newInvitationTally(), invitation };
  if (choice.record === "create") await keep(invited, { duplicates: [] });
  else if (choice.record !== undefined) {
    const crmRef = options.sync.connection.canonicalRef(choice.record.linkTo);
    await keep(invited, { crmRef, duplicates: [] });
  }
  if (invitation.status === "pending") {
    const reason = choice.reason ?? (choice.take === "reject" ? "Other" : "By command.");
    await storeDecision(invited, { take: choice.take, by: "operator", reason });
  }
  await advanceInvitations(options, { settings, signal, ids: new Set([invitation.id]) });
  const now = await options.store.invitation(options.sync.name, invitation.id);
  return outcomeOf(now ?? invited.invitation);
}

function refuseReason({ take, reason }: InvitationChoice): void {
  if (take === "accept" || reason === undefined || rejectionReasons.includes(reason)) return;
  throw new FailureError({
    kind: "config",
    code: "unknown-rejection-reason",
    message: `AWS takes these reasons for a rejection: ${rejectionReasons.join(", ")}.`,
  });
}

function refusal(invitation: InboxInvitation, { take, record }: InvitationChoice): string | undefined {
  const { status, duplicates } = invitation;
  if (status === "done" || status === "rejected" || status === "expired") return `It is ${status} already.`;
  if (take === "reject" && status !== "pending") return `It is being answered already (${status}).`;
  if (take === "accept" && duplicates.length > 0 && record === undefined) {
    return `The CRM may have this deal already: ${duplicates.map(({ crmRef }) => crmRef).join(", ")}. Say --link-to with the record, or --create for a new one.`;
  }
  return undefined;
}

function outcomeOf({ id, status, failure, opportunityId, crmRef }: InboxInvitation): InvitationOutcome {
  const base = { id, opportunityId, crmRef };
  if (failure !== undefined) {
    const again = failure.kind === "transient" || failure.kind === "throttled" || failure.kind === "quota";
    return { ...base, outcome: again ? "underway" : "failed", message: failure.message };
  }
  switch (status) {
    case "done":
      return {
        ...base,
        outcome: "accepted",
        message: `Opportunity ${opportunityId ?? ""} is joined to CRM record ${crmRef ?? ""}.`,
      };
    case "accepted":
      return { ...base, outcome: "accepted", message: "Accepted." };
    case "rejected":
      return { ...base, outcome: "rejected", message: "Rejected." };
    case "expired":
      return { ...base, outcome: "failed", message: "It expired before it was answered." };
    case "pending":
    case "accepting":
    case "rejecting":
      return { ...base, outcome: "underway", message: "The next sync goes on with it." };
  }
}

const nothing = (id: string): Pick<InvitationOutcome, "id" | "opportunityId" | "crmRef"> => ({
  id,
  opportunityId: undefined,
  crmRef: undefined,
});
