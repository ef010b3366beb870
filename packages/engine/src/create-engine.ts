import { FailureError } from "@cosell/connector";
import { findAdoptions, linkPairs } from "./adopt/index.ts";
import { runDrift } from "./drift/index.ts";
import type { Engine, EngineOptions, RunOptions } from "./engine.ts";
import { lookForChanges } from "./intake/look-for-changes.ts";
import { receiveChanges } from "./intake/receive-changes.ts";
import { receiveEvents } from "./intake/receive-events.ts";
import { decideInvitations } from "./invitations/decide-invitations.ts";
import type { InvitationSettings } from "./invitations/settings.ts";
import { runPlan } from "./run-plan.ts";
import { runPreview } from "./run-preview.ts";
import { runSync } from "./run-sync.ts";
import { applyUndo, lookAtUndo } from "./undo/index.ts";
import { claimWork, reconcileWork } from "./work-links.ts";

/** Builds the engine of one sync from its parts. */
export function createEngine(options: EngineOptions): Engine {
  return {
    intake: async (run: RunOptions = {}) => (await lookForChanges(options, run)).report,
    plan: (run: RunOptions = {}) => runPlan(options, run),
    sync: (run: RunOptions = {}) => runSync(options, run),
    preview: (ref, stage) => runPreview(ref, options, stage),
    receive: (payloads, received) => receiveEvents(payloads, options, received),
    receiveChanges: (changes) => receiveChanges(changes, options),
    decideInvitations: (which, choice) => decideInvitations(which, choice, options, invitationsOf(options)),
    drift: (run: RunOptions = {}) => runDrift(options, run),
    findAdoptions: (run: RunOptions = {}) => findAdoptions(options, run),
    adopt: (pairs, run: RunOptions = {}) => linkPairs(pairs, options, run),
    planUndo: (entryId, fields, run: RunOptions = {}) => lookAtUndo(entryId, fields, options, run),
    undo: (undo, run: RunOptions = {}) => applyUndo(undo, options, run),
    claim: (linkIds, lease) => claimWork(options, linkIds, lease),
    reconcile: (work, lease) => reconcileWork(options, work, lease),
  };
}

function invitationsOf({ sync }: EngineOptions): InvitationSettings {
  if (sync.invitations !== undefined) return sync.invitations;
  const message = `The sync "${sync.name}" takes no invitations: add \`invitations\` to it in the configuration.`;
  throw new FailureError({ kind: "config", message });
}
