import { isDeepStrictEqual } from "node:util";
import { FailureError, type ReadResult } from "@cosell/connector";
import { type JournalEntry, type Link, type NewJournalEntry, underClaim } from "@cosell/state";
import { applyAhead } from "../apply/apply-ahead.ts";
import { noteVersion } from "../aws-version.ts";
import { type Deal, newTally } from "../deal.ts";
import type { EngineOptions, RunOptions } from "../engine.ts";
import { throwIfAborted } from "../failures.ts";
import { observe } from "../observe.ts";
import { processOwner } from "../owner.ts";
import { lookAtPendingCalls } from "../pending-calls.ts";
import { readRecords } from "../read-records.ts";
import { retrying } from "../retrying.ts";
import { agreedWithout } from "../settle.ts";
import { planUndo } from "./plan-undo.ts";
import type { PlannedUndo, UndoRefusal } from "./undo.ts";

const leaseMs = 120_000;

/** Looks at both sides and says what undoing one entry of the journal means. Writes nowhere; one read at AWS. */
export async function lookAtUndo(
  entryId: number,
  fields: readonly string[] | undefined,
  options: EngineOptions,
  { signal }: RunOptions,
): Promise<PlannedUndo> {
  const { sync, target } = options;
  const { entry, link } = await entryOf(entryId, options);
  const { observation } = await retrying(() => observed(link, options, signal), options, signal);
  return { entry, link, fields, ...planUndo({ entry, fields, observation, mapping: sync.mapping, target }) };
}

/**
 * Carries out a planned undo, step by step like any plan, and leaves the link marked, so that the next sync looks at it
 * whole. It is planned once more from what both sides hold by then: throws `conflict` when that is another plan than the
 * one that was seen, or when somebody else works on the link; then nothing is undone.
 */
export async function applyUndo(undo: PlannedUndo, options: EngineOptions, { signal }: RunOptions): Promise<void> {
  const { store, sync, target, owner = processOwner() } = options;
  const { entry, fields } = undo;
  if (undo.refusals.length > 0) throw new Error(`entry ${entry.id} cannot be undone`);
  await store.markLinks([undo.link.id], "undo", "urgent");
  const [claimed] = await store.claim(sync.name, owner, { limit: 1, leaseMs, linkIds: [undo.link.id] });
  if (claimed === undefined) {
    throw new FailureError({
      kind: "conflict",
      message: `CRM record ${undo.link.crmRef} is being synced right now. Nothing was undone.`,
    });
  }
  const { link } = claimed;
  try {
    const read = await retrying(() => recordOf(link, options), options, signal);
    const fenced = { ...options, store: underClaim(store, { linkId: link.id, owner, generation: claimed.generation }) };
    const deal: Deal = { options: fenced, link, crm: read, signal, tally: newTally(), awsVersion: undefined };
    const [open] = await lookAtPendingCalls(deal);
    if (open !== undefined) throw underWay(open.step, link);
    const { observation, crm } = await retrying(() => observed(deal.link, options, signal), options, signal);
    deal.crm = crm;
    noteVersion(deal, observation.opportunity && target.read(observation.opportunity, undefined).version);
    const now = planUndo({ entry, fields, observation, mapping: sync.mapping, target });
    if (!isDeepStrictEqual(meaningOf(now), meaningOf(undo))) throw overtaken(undo, now.refusals);
    for (const [index, step] of now.plan.steps.entries()) {
      throwIfAborted(signal);
      // Until the last step is made, both sides are not in step: the next sync then brings the other one along.
      const base = agreedWithout(now.plan, now.plan.steps.slice(index + 1));
      const { applied, settle } = await applyAhead(step, { ...now.plan, agreed: base }, deal);
      await settle({
        base,
        journal: applied.journal.map((line) => undoing(line, entry)),
      });
    }
  } finally {
    await store.release(owner, [link.id]);
  }
}

/** What a person agrees to: which values become what. The rest of an update's body may have changed meanwhile. */
function meaningOf({ plan, refusals }: Pick<PlannedUndo, "plan" | "refusals">): unknown {
  return {
    refusals,
    steps: plan.steps.map((step) => [
      step.kind,
      "changes" in step ? step.changes.map(({ path, before, after }) => [path, before, after]) : [],
    ]),
  };
}

function underWay(step: string, { crmRef }: Link): FailureError {
  return new FailureError({
    kind: "conflict",
    code: "call-pending",
    message: `What became of a ${step} of CRM record ${crmRef} is not known yet. Nothing was undone. Run \`cosell sync ${crmRef}\` first.`,
  });
}

function overtaken({ entry, link }: PlannedUndo, refusals: readonly UndoRefusal[]): FailureError {
  const whys = refusals.map(({ path, why }) => (path === "" ? why : `${path}: ${why}`)).join(" ");
  const changed = whys === "" ? "One of its values was changed since the undo was shown." : whys;
  return new FailureError({
    kind: "conflict",
    code: "undo-overtaken",
    message: `Entry ${entry.id} of CRM record ${link.crmRef} was not undone. ${changed} Look at it again with \`cosell history ${link.crmRef}\`.`,
  });
}

function undoing(line: NewJournalEntry, { id }: JournalEntry): NewJournalEntry {
  return { ...line, summary: `Undid entry ${id}: ${line.summary}`, detail: { ...line.detail, undoes: id } };
}

async function entryOf(
  entryId: number,
  { store, sync }: EngineOptions,
): Promise<{ readonly entry: JournalEntry; readonly link: Link }> {
  const entry = await store.journalEntry(entryId);
  const link = entry && (await store.link(entry.linkId));
  if (entry === undefined || link?.sync !== sync.name) {
    throw new FailureError({
      kind: "missing",
      message: `The journal of the sync "${sync.name}" has no entry ${entryId}. \`cosell history <record>\` shows the numbers.`,
    });
  }
  return { entry, link };
}

async function recordOf({ crmRef }: Link, options: EngineOptions): Promise<ReadResult> {
  const [read] = await readRecords([crmRef], options);
  return read ?? { status: "missing", ref: crmRef };
}

async function observed(link: Link, options: EngineOptions, signal: AbortSignal | undefined) {
  const crm = await recordOf(link, options);
  const base = await options.store.baseValues(link.id);
  const { crmRef, opportunityId, awsVersion, id: linkId } = link;
  const request = { crmRef, linkId, crm, opportunityId, awsVersion, base, withSummary: false, signal };
  return { observation: await observe(request, options), crm };
}
