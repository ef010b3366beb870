import type { JsonObject, JsonValue } from "@cosell/connector";
import {
  type AgreedValue,
  type CompiledMapping,
  type FieldChange,
  type Observation,
  originKey,
  type Plan,
  sameCrmValue,
  sameValueIn,
  type TargetModel,
  valueAt,
} from "@cosell/core";
import type { JournalEntry } from "@cosell/state";
import type { UndoRefusal } from "./undo.ts";
import { awsChange, changesOf, crmChange, fieldsOf, planOf, type Written } from "./undo-changes.ts";

/** What an undo is planned from. */
export interface UndoRequest {
  readonly entry: JournalEntry;
  /** Only these fields of the write, as the journal names them. All, without. */
  readonly fields: readonly string[] | undefined;
  readonly observation: Observation;
  readonly mapping: CompiledMapping;
  readonly target: TargetModel;
}

/** What cannot be undone at all, and what to do instead. */
const never: Readonly<Record<string, string>> = {
  create:
    "AWS deletes no opportunity, so a creation cannot be undone. Close the deal in the CRM, and AWS learns of it.",
  submit: "A submission cannot be taken back. AWS's reviewer answers it; close the deal in the CRM if it is off.",
  associate: "An attached entity is a value of the CRM: take it out there, and the next sync detaches it.",
  disassociate: "A detached entity is a value of the CRM: put it back there, and the next sync attaches it.",
  assign: "The owner at AWS follows the CRM: change the owner there, and the next sync follows.",
};

/**
 * What undoing one write means: the earlier values go back to where the write went, and to the side that they came from
 * as well, so that the next sync does not repeat what was undone. Pure. Refused as a whole when one field has changed
 * since or is locked.
 */
export function planUndo(request: UndoRequest): { readonly plan: Plan; readonly refusals: readonly UndoRefusal[] } {
  const { entry, fields, observation } = request;
  const nothing = planOf(observation, { update: undefined, crm: [] }, new Map(), []);
  const refuse = (why: string, path = ""): { readonly plan: Plan; readonly refusals: readonly UndoRefusal[] } => ({
    plan: nothing,
    refusals: [{ path, why }],
  });
  const reason = never[entry.kind];
  if (reason !== undefined) return refuse(reason);
  if (entry.kind !== "update" && entry.kind !== "crm-write") return refuse("This entry of the journal wrote nothing.");
  const written = changesOf(entry.detail).filter(({ path }) => fields === undefined || fields.includes(path));
  if (written.length === 0) return refuse("This entry of the journal wrote no such field.");
  const { crm, opportunity } = observation;
  if (crm.status !== "present") return refuse("The CRM record is gone.");
  if (opportunity === undefined) return refuse("AWS no longer shows the opportunity.");
  const draft = entry.kind === "update" ? backAtAws : backInCrm;
  return draft(written, { ...request, record: crm.record, opportunity });
}

interface Undoing extends UndoRequest {
  readonly record: JsonObject;
  readonly opportunity: JsonObject;
}

/** An update of AWS: the earlier values back to AWS, and into the CRM fields behind them where a rule leads back. */
function backAtAws(written: readonly Written[], undoing: Undoing): ReturnType<typeof planUndo> {
  const { mapping, target, record, opportunity, observation } = undoing;
  const same = sameValueIn(target);
  const { payload } = mapping.run(record);
  const refusals: UndoRefusal[] = [];
  const notes: string[] = [];
  const values = new Map<string, JsonValue | undefined>(written.map(({ path, before }) => [path, before]));
  const restored = target.updateBody(opportunity, values);
  const crmChanges: FieldChange[] = [];
  for (const { path, before, after } of written) {
    const crm = valueAt(payload, path);
    const why =
      notStanding(same(path, valueAt(opportunity, path), after), "AWS") ??
      notStanding(same(path, crm, after) || same(path, crm, before), "The CRM") ??
      locked(path, undoing);
    if (why !== undefined) {
      refusals.push({ path, why });
      continue;
    }
    if (same(path, crm, before)) continue;
    const change = wayBack(path, restored, undoing);
    if (change !== undefined) crmChanges.push(change);
    else {
      const names = mapping.originOf(path)?.sources.join(", ") ?? "The mapping";
      notes.push(`${names} still gives the undone value of ${path}; it is sent again only when it changes.`);
    }
  }
  const later = mapping.run({ ...record, ...fieldsOf(crmChanges) });
  const agreed = new Map(
    written.map(({ path, before }): [string, AgreedValue] => [
      path,
      { crm: valueAt(later.payload, path), aws: before },
    ]),
  );
  const changes = written.map(({ path, before, after }) => awsChange(path, after, before, undoing));
  return checked(refusals, { values, changes, crmChanges }, agreed, notes, undoing, observation);
}

/** A write to the CRM: the earlier value back into its field, and what follows from it to AWS. */
function backInCrm(written: readonly Written[], undoing: Undoing): ReturnType<typeof planUndo> {
  const { mapping, target, record, opportunity, observation } = undoing;
  const same = sameValueIn(target);
  const refusals: UndoRefusal[] = [];
  const twoWay: { readonly field: Written; readonly path: string }[] = [];
  for (const field of written) {
    const path = field.sources.find((source) => mapping.outbound.get(source)?.sources.includes(field.path));
    const why =
      notStanding(sameCrmValue(record[field.path], field.after), "The CRM") ??
      (path === undefined ? "The field only shows what AWS holds: the next sync would write it again." : undefined);
    if (why !== undefined) refusals.push({ path: field.path, why });
    else if (path !== undefined) twoWay.push({ field, path });
  }
  const crmChanges = twoWay.map(({ field: { path, before, after, sources } }) =>
    crmChange({ path, before: after, after: before, sources }, undoing),
  );
  const later = mapping.run({ ...record, ...fieldsOf(crmChanges) });
  const values = new Map<string, JsonValue | undefined>();
  const changes: FieldChange[] = [];
  const agreed = new Map<string, AgreedValue>();
  for (const { field, path } of twoWay) {
    const wanted = valueAt(later.payload, path);
    const held = valueAt(opportunity, path);
    agreed.set(path, { crm: wanted, aws: wanted });
    if (same(path, wanted, held)) continue;
    const issue = later.issues.find(({ severity, target: at }) => severity === "error" && at === path);
    const why = issue?.message ?? locked(path, undoing);
    if (why !== undefined) refusals.push({ path: field.path, why });
    values.set(path, wanted);
    changes.push(awsChange(path, held, wanted, undoing));
  }
  return checked(refusals, { values, changes, crmChanges }, agreed, [], undoing, observation);
}

interface Draft {
  readonly values: ReadonlyMap<string, JsonValue | undefined>;
  readonly changes: readonly FieldChange[];
  readonly crmChanges: readonly FieldChange[];
}

/** The plan, unless AWS would refuse what it sends. */
function checked(
  refusals: readonly UndoRefusal[],
  { values, changes, crmChanges }: Draft,
  agreed: ReadonlyMap<string, AgreedValue>,
  notes: readonly string[],
  { target, opportunity }: Undoing,
  observation: Observation,
): ReturnType<typeof planUndo> {
  const body = target.updateBody(opportunity, values);
  const { related } = target.read(opportunity, undefined);
  const unfit =
    refusals.length > 0 || changes.length === 0
      ? []
      : target.readiness({ purpose: "update", opportunity: body, related, today: observation.today });
  const all = [...refusals, ...unfit.map(({ path, message }) => ({ path, why: message }))];
  const update = changes.length === 0 ? undefined : { body, changes };
  return { plan: planOf(observation, { update, crm: crmChanges }, agreed, notes), refusals: all };
}

function notStanding(stands: boolean, side: string): string | undefined {
  return stands ? undefined : `${side} holds another value by now: somebody changed it since.`;
}

function locked(path: string, { target, opportunity, observation }: Undoing): string | undefined {
  if (observation.direction === "inbound") return "This sync does not write to AWS (direction: inbound).";
  const { state } = target.read(opportunity, observation.summary);
  const remembered = observation.base.get(originKey)?.aws;
  const origin = state.origin ?? (typeof remembered === "string" ? remembered : undefined);
  const lock = target.lockOf(path, { ...state, origin });
  return lock.lock === "editable" ? undefined : lock.reason;
}

/** The change of the CRM field behind a path that gives it AWS's restored value; `undefined` where no rule leads back. */
function wayBack(path: string, restored: JsonObject, undoing: Undoing): FieldChange | undefined {
  const { mapping, record, observation, opportunity } = undoing;
  if (observation.direction === "outbound") return undefined;
  const sources = mapping.outbound.get(path)?.sources ?? [];
  const rule = mapping.inbound.find(({ paths, field }) => paths.includes(path) && sources.includes(field));
  const result = rule?.run({ opportunity: { ...opportunity, ...restored }, link: {} });
  if (rule === undefined || result?.kind !== "value") return undefined;
  return crmChange({ path: rule.field, before: record[rule.field], after: result.value, sources: rule.paths }, undoing);
}
