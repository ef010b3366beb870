import { FailureError, type ReadResult } from "@cosell/connector";
import type { JournalEntry, Link, NewJournalEntry } from "@cosell/state";
import { applyStep } from "../apply/index.ts";
import { type Deal, newTally } from "../deal.ts";
import type { EngineOptions, RunOptions } from "../engine.ts";
import { throwIfAborted } from "../failures.ts";
import { observe } from "../observe.ts";
import { processOwner } from "../owner.ts";
import { readRecords } from "../read-records.ts";
import { retrying } from "../retrying.ts";
import { agreedWithout } from "../settle.ts";
import { planUndo } from "./plan-undo.ts";
import type { PlannedUndo } from "./undo.ts";

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
  return { entry, link, ...planUndo({ entry, fields, observation, mapping: sync.mapping, target }) };
}

/**
 * Carries out a planned undo, step by step like any plan, and leaves the link marked, so that the next sync looks at it
 * whole. Throws `conflict` when somebody else works on the link, or either side has changed since the plan was made.
 */
export async function applyUndo(undo: PlannedUndo, options: EngineOptions, { signal }: RunOptions): Promise<void> {
  const { store, sync, owner = processOwner() } = options;
  const { plan, entry } = undo;
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
    const { crm, awsVersion } = await observed(link, options, signal);
    const deal: Deal = { options, link, crm, signal, tally: newTally(), awsVersion };
    for (const [index, step] of plan.steps.entries()) {
      throwIfAborted(signal);
      const { journal } = await applyStep(step, deal);
      await store.settle(link.id, {
        base: agreedWithout(plan, plan.steps.slice(index + 1)),
        journal: journal.map((line) => undoing(line, entry)),
      });
    }
  } finally {
    await store.release(owner, [link.id]);
  }
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

async function observed(link: Link, options: EngineOptions, signal: AbortSignal | undefined) {
  const { store, target } = options;
  const [read] = await readRecords([link.crmRef], options);
  const crm: ReadResult = read ?? { status: "missing", ref: link.crmRef };
  const base = await store.baseValues(link.id);
  const { crmRef, opportunityId, id: linkId } = link;
  const observation = await observe({ crmRef, linkId, crm, opportunityId, base, withSummary: false, signal }, options);
  const { opportunity } = observation;
  const awsVersion = opportunity === undefined ? undefined : target.read(opportunity, undefined).version;
  return { observation, crm, awsVersion };
}
