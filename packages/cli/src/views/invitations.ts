import type { InvitationOutcome } from "@cosell/engine";
import type { InboxInvitation } from "@cosell/state";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { counted, duration, moment } from "./value.ts";

/** The inbox, soonest to expire first. `now` is in milliseconds. */
export function renderInvitations(terminal: Terminal, invitations: readonly InboxInvitation[], now: number): string {
  if (invitations.length === 0) return "No invitation waits.";
  const waiting = invitations.filter(({ status }) => status === "pending").length;
  const table = renderTable(terminal, {
    head: ["Invitation", "From", "Customer", "Title", "Expires in", "Status", "In the CRM"],
    rows: invitations.map((invitation) => [
      invitation.id,
      invitation.sender ?? "",
      invitation.customer ?? "",
      invitation.title ?? "",
      expiresIn(invitation, now),
      standing(invitation),
      inCrm(invitation),
    ]),
  });
  return [
    table,
    waiting === 0
      ? ""
      : `${counted(waiting, "invitation")} to answer: \`cosell invitations accept <id>\`, or \`reject <id> --reason "…"\`.`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Everything that is known of one invitation. */
export function renderInvitation(terminal: Terminal, invitation: InboxInvitation, now: number): string {
  const { bold } = terminal.colours;
  const { id, title, customer, sender, payloadType, expiresAt, decision, failure, duplicates } = invitation;
  const lines: readonly (readonly [string, string | undefined])[] = [
    ["from", sender],
    ["customer", customer],
    ["offers", payloadType === "LeadInvitation" ? "a lead" : payloadType && "an opportunity"],
    ["status", standing(invitation)],
    ["expires", expiresAt === undefined ? undefined : `${moment(expiresAt)} UTC (${expiresIn(invitation, now)})`],
    ["decided", decision && `${decision.take}, by ${decision.by}, ${moment(decision.at)}: ${decision.reason}`],
    ["opportunity", invitation.opportunityId],
    ["CRM record", invitation.crmRef],
    ["failed", failure?.message],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  const known = lines.flatMap(([name, value]) => (value ? [`${name.padEnd(width)}  ${value}`] : []));
  const alike = duplicates.map(({ crmRef, why }) => `  ${crmRef}  ${why}`);
  return [
    `${bold(title ?? "(no title)")}  ${id}`,
    ...known,
    ...(alike.length === 0 ? [] : ["", bold("The CRM may have this deal already:"), ...alike]),
  ].join("\n");
}

/** What became of the invitations that were decided. */
export function renderOutcomes(terminal: Terminal, outcomes: readonly InvitationOutcome[]): string {
  if (outcomes.length === 0) return "No invitation waits.";
  return renderTable(terminal, {
    head: ["Invitation", "Outcome", "Opportunity", "CRM record", "What"],
    rows: outcomes.map(({ id, outcome, opportunityId = "", crmRef = "", message }) => [
      id,
      outcome,
      opportunityId,
      crmRef,
      message,
    ]),
  });
}

function expiresIn({ expiresAt, status }: InboxInvitation, now: number): string {
  if (expiresAt === undefined || status !== "pending") return "";
  const seconds = (expiresAt - now) / 1000;
  if (seconds <= 0) return "expired";
  return seconds >= 2 * day ? `${Math.floor(seconds / day)} days` : duration(seconds);
}

const day = 24 * 3600;

/** Where it stands, with what keeps it there. */
function standing({ status, failure, duplicates }: InboxInvitation): string {
  if (failure !== undefined) return `${status}, failed`;
  if (status === "accepted" && duplicates.length > 0) return "accepted, which record?";
  return status;
}

function inCrm({ crmRef, duplicates }: InboxInvitation): string {
  if (crmRef !== undefined) return crmRef;
  return duplicates.length === 0 ? "" : `perhaps ${duplicates.map((one) => one.crmRef).join(", ")}`;
}
