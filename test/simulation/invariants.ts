import type { JsonObject } from "@cosell/connector";
import { valueAt } from "@cosell/core";
import { partnerCentralTarget } from "@cosell/partner-central";
import type { BaseValue } from "@cosell/state";
import { idField, solutionField, solutionPath } from "./mapping.ts";
import type { Overwritten, WrongOverwrite } from "./overwrites.ts";
import { plain, textOf } from "./plain.ts";
import { fieldsOf, type World } from "./world.ts";

const second = 1000;
const perSecond = { reads: 10, writes: 1, tasks: 10 };

/** (1) One record, at most one opportunity, and the other way round; nothing was ever created twice. */
export async function brokenIdentity({ aws, crm, store, sync, madeByHand }: World): Promise<readonly string[]> {
  const broken: string[] = [];
  // What a person makes besides what was under way is the person's, and is told of.
  const owners = aws
    .opportunities()
    .filter(({ Id }) => !madeByHand.has(textOf(Id)))
    .map((opportunity) => textOf(opportunity["PartnerOpportunityIdentifier"]));
  for (const ref of new Set(owners)) {
    const count = owners.filter((owner) => owner === ref).length;
    if (count > 1) broken.push(`(1) ${ref} has ${count} opportunities`);
  }
  const linked = new Map<string, string>();
  for await (const { crmRef, opportunityId } of store.links({ sync })) {
    if (opportunityId === undefined) continue;
    const other = linked.get(opportunityId);
    if (other !== undefined) broken.push(`(1) ${opportunityId} belongs to ${other} and ${crmRef}`);
    linked.set(opportunityId, crmRef);
    const record = crm.record(crmRef);
    if (
      record !== undefined &&
      record[idField] !== opportunityId &&
      (await store.linkByCrmRef(sync, crmRef)) === undefined
    )
      broken.push(`(1) ${crmRef} does not carry ${opportunityId}`);
  }
  return broken;
}

/** (1) Where a lost create had arrived while a person made another opportunity, the record's journal names it. */
export async function untold({ aws, store, sync }: World): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const opportunity of aws.opportunities()) {
    const id = textOf(opportunity["Id"]);
    const ref = textOf(opportunity["PartnerOpportunityIdentifier"]);
    if (ref === "" || (await store.linkByOpportunity(sync, id)) !== undefined) continue;
    const link = await store.linkByCrmRef(sync, ref);
    const lines = link === undefined ? [] : await store.journal(link.id);
    if (!lines.some(({ summary }) => summary.includes(id))) broken.push(`(1) nothing tells of ${id} of ${ref}`);
  }
  return broken;
}

/** (2) At rest every mapped field is agreed, deferred, in conflict or held, and says why. */
export async function unexplained(world: World): Promise<readonly string[]> {
  const broken: string[] = [];
  const failed = await failedRefs(world);
  for (const ref of world.crm.refs()) {
    const record = world.crm.record(ref);
    const opportunity = world.opportunityOf(ref);
    const own = await world.store.linkByCrmRef(world.sync, ref);
    // The link of a merged record has gone to the survivor, and its opportunity with it.
    const moved = await world.store.linkByOpportunity(world.sync, textOf(opportunity?.["Id"]));
    const link = own ?? moved;
    if (failed.has(ref)) continue;
    const states = link === undefined ? [] : await world.store.fieldStates(link.id);
    if (record !== undefined && record["Share"] !== true) {
      // A deal is held for one reason at a time: that of a merge goes first.
      if (opportunity !== undefined && !states.some(({ code }) => ["not-taking-part", "merged-deals"].includes(code)))
        broken.push(`(2) ${ref} takes part no more, and nothing says so`);
      continue;
    }
    if (record === undefined || opportunity === undefined) {
      if (states.length === 0 && (record !== undefined || opportunity !== undefined))
        broken.push(`(2) ${ref} stands on one side alone, and nothing says why`);
      continue;
    }
    const base = link === undefined ? new Map<string, BaseValue>() : await world.store.baseValues(link.id);
    const opportunityId = textOf(opportunity["Id"]);
    const reviewed = partnerCentralTarget.read(opportunity, world.aws.emulator.summary(opportunityId));
    for (const { field, path, authority } of fieldsOf(world)) {
      const [crm, aws] = [plain(record[field]), plain(valueAt(opportunity, path))];
      const state = states.find((one) => one.path === path || one.path.startsWith(`${path}[`));
      const where = `${path} of ${ref} (CRM "${crm}", AWS "${aws}")`;
      if (state !== undefined) {
        if (state.reason === "") broken.push(`(2) ${where}: ${state.kind} without a reason`);
        if (state.kind === "deferred" && partnerCentralTarget.lockOf(path, reviewed.state).lock === "editable")
          broken.push(`(2) ${where}: deferred although AWS takes it`);
        if (state.kind === "conflict" && (authority !== "ask" || crm === aws)) broken.push(`(2) ${where}: no conflict`);
        continue;
      }
      const agreed = base.get(path);
      const stands = agreed !== undefined && plain(agreed.crm) === crm && plain(agreed.aws) === aws;
      if (crm !== aws && !stands) broken.push(`(2) ${where}: differs, and nothing says why`);
    }
    const wanted = textOf(record[solutionField])
      .split(";")
      .filter((id) => id !== "");
    const attached = plain(valueAt(opportunity, solutionPath))
      .split(";")
      .filter((id) => id !== "");
    const lacking = wanted.filter((id) => !attached.includes(id));
    const surplus = attached.filter(
      (id) => !wanted.includes(id) && !world.attachedByHand.has(`${opportunityId} ${id}`),
    );
    if (lacking.length + surplus.length > 0 && !states.some(({ path }) => path === solutionPath))
      broken.push(
        `(2) ${solutionPath} of ${ref}: lacks ${lacking.join()}, has ${surplus.join()}, and nothing says why`,
      );
    const owner = reviewed.assigneeEmail;
    if (owner !== record["Owner"] && !states.some(({ path }) => path.startsWith("Assignee")))
      broken.push(
        `(2) ${ref} belongs to ${owner ?? "nobody"}, not to ${textOf(record["Owner"])}, and nothing says why`,
      );
  }
  return broken;
}

/**
 * (3) What a person wrote is never overwritten without authority. A value of AWS's that was let stand, since the CRM has
 * no field for it, is agreed from then on: the journal says so, and the CRM's next change goes over it.
 */
export async function overwrittenWrongly(world: World, wrong: readonly WrongOverwrite[]): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const { ref, path, before, after, side, authority } of wrong) {
    const link = await world.store.linkByCrmRef(world.sync, ref);
    const lines = link === undefined ? [] : await world.store.journal(link.id);
    const letStand = lines.some(({ kind, summary }) => kind === "accepted" && summary.startsWith(`${path}:`));
    if (side === "aws" && letStand) continue;
    broken.push(
      `(3) ${path} of ${ref}: "${before}" at ${side} was overwritten with "${after}" (authority ${authority})`,
    );
  }
  return broken;
}

/** (3) The journal shows both values of whatever a person had written and the engine replaced. */
export async function unjournaled(world: World, overwritten: readonly Overwritten[]): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const { ref, path, before, after } of overwritten) {
    const own = await world.store.linkByCrmRef(world.sync, ref);
    // A merge takes the journal along.
    const link = own ?? (await world.store.linkByCrmRef(world.sync, world.crm.survivorOf(ref)));
    const lines = link === undefined ? [] : await world.store.journal(link.id);
    const { field } = fieldsOf(world).find((one) => one.path === path) ?? {};
    const told = lines
      .flatMap(({ detail }) => (Array.isArray(detail["changes"]) ? (detail["changes"] as readonly JsonObject[]) : []))
      .some((change) => {
        const isIt = change["path"] === path || change["path"] === field;
        return isIt && plain(change["before"]) === before && plain(change["after"]) === after;
      });
    if (!told) broken.push(`(3) the journal does not show that ${path} of ${ref} went from "${before}" to "${after}"`);
  }
  return broken;
}

/** (4) At rest a sync asks AWS only what has changed, and looking at every deal writes nowhere. */
export async function restless(world: World): Promise<readonly string[]> {
  const failed = await failedRefs(world);
  const at = world.aws.calls.length;
  const written = world.crmWrites.length;
  await world.run();
  const idle = world.aws.calls.slice(at).filter(({ operation }) => operation !== "ListOpportunities");
  const refs = world.crm.refs().filter((ref) => !failed.has(ref));
  if (refs.length > 0) await world.run({ records: refs });
  const writes = world.aws.calls.slice(at).filter(({ operation }) => !/^(Get|List)/.test(operation));
  return [
    ...idle.map(({ operation }) => `(4) ${operation} although nothing had changed`),
    ...writes.map(({ operation }) => `(4) ${operation} although everything was settled`),
    ...world.crmWrites
      .slice(written)
      .map((write) => `(4) the CRM was written although everything was settled: ${write}`),
  ];
}

/** (6) In no second more calls than AWS allows. */
export function tooFast({ aws }: World): readonly string[] {
  const broken: string[] = [];
  // Tasks are not among the reads that share AWS's budget.
  const kindOf = (operation: string): keyof typeof perSecond =>
    operation.endsWith("Tasks") ? "tasks" : /^(Get|List)/.test(operation) ? "reads" : "writes";
  for (const kind of ["reads", "writes", "tasks"] as const) {
    const times = aws.calls.filter(({ operation }) => kindOf(operation) === kind).map(({ at }) => at);
    const most = perSecond[kind];
    times.forEach((time, index) => {
      const earlier = times[index - most];
      if (earlier !== undefined && time - earlier < second)
        broken.push(`(6) more than ${most} ${kind} within a second`);
    });
  }
  return broken;
}

async function failedRefs({ store, sync }: World): Promise<ReadonlySet<string>> {
  const refs = new Set<string>();
  for await (const { crmRef } of store.failures(sync)) refs.add(crmRef);
  return refs;
}
