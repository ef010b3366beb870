import type { EngineOptions, RunOptions } from "../engine.ts";
import { awsPages } from "../aws-pages.ts";
import { throwIfAborted } from "../failures.ts";
import { inboxPatch } from "./invited.ts";

/** What AWS's list of pending invitations tells. */
export interface PolledInvitations {
  /** New in the inbox. */
  readonly found: number;
  readonly reads: number;
  /** Those that wait here and wait no more at AWS: somebody has answered them, or time has. */
  readonly answered: ReadonlySet<string>;
}

/**
 * Puts every invitation that waits at AWS for an answer into the inbox, and tells which ones wait no more. It asks for what is pending, not for what is new: that is the whole truth at any
 * time, whatever was missed, and needs no cursor. One read per hundred that wait.
 */
export async function pollInvitations(
  { sync, store, partnerCentral }: EngineOptions,
  { signal }: RunOptions,
): Promise<PolledInvitations> {
  const waiting = new Set<string>();
  let found = 0;
  let reads = 0;
  const call = {
    operation: "ListEngagementInvitations",
    member: "EngagementInvitationSummaries",
    input: {
      ParticipantType: "RECEIVER",
      PayloadType: ["OpportunityInvitation", "LeadInvitation"],
      Status: ["PENDING"],
      Sort: { SortBy: "InvitationDate", SortOrder: "ASCENDING" },
      MaxResults: 100,
    },
  };
  for await (const page of awsPages(partnerCentral, call, signal === undefined ? {} : { signal })) {
    throwIfAborted(signal);
    reads += 1;
    const fresh = [];
    for (const row of page) {
      const id = row["Id"];
      if (typeof id !== "string") continue;
      waiting.add(id);
      if ((await store.invitation(sync.name, id)) === undefined) fresh.push({ id, ...inboxPatch(row), data: {} });
    }
    if (fresh.length > 0) found += await store.takeInvitations(sync.name, fresh);
  }
  const pending = (await store.invitations(sync.name, { status: ["pending"] })).map(({ id }) => id);
  return { found, reads, answered: new Set(pending.filter((id) => !waiting.has(id))) };
}
