import type { JsonObject, JsonValue } from "@cosell/connector";
import { valueAt, withValueAt } from "../../json-path.ts";
import type { Authority, CompiledMapping, Position } from "../../mapping/mapping.ts";
import type { FieldLock, TargetField, TargetModel } from "../../target.ts";
import type { Observation } from "../observation.ts";
import type { AgreedValue, Plan } from "../plan.ts";

/** One field of the small world: its authority, whether it comes back, and whether AWS has it locked now. */
export interface SmallField {
  readonly name: string;
  readonly authority: Authority;
  readonly returns: boolean;
  readonly lock: FieldLock["lock"];
}

const rule: Position = { file: "small.yaml", line: 1, column: 1 };
const pathOf = (name: string): string => `Project.${name}`;

/** A mapping that carries each field over as it is. */
export function smallMapping(fields: readonly SmallField[]): CompiledMapping {
  const authority = new Map(fields.map((field) => [pathOf(field.name), field.authority]));
  return {
    id: "small",
    crm: { connector: "small", object: "Deal" },
    link: { opportunityId: "AwsId" },
    sourceFields: fields.map(({ name }) => name),
    outbound: new Map(fields.map(({ name }) => [pathOf(name), { rule, sources: [name] }])),
    inbound: fields
      .filter(({ returns }) => returns)
      .map(({ name }) => ({
        field: name,
        paths: [pathOf(name)],
        write: "always",
        rule,
        run: ({ opportunity }) => ({ kind: "value", value: valueAt(opportunity, pathOf(name)) ?? null }),
      })),
    hash: "small",
    matches: () => true,
    run: (record) => ({
      payload: fields.reduce<JsonObject>(
        (payload, { name }) => withValueAt(payload, pathOf(name), record[name] ?? undefined),
        {},
      ),
      related: {},
      issues: [],
      usedSources: {},
    }),
    authorityOf: (path) => authority.get(path) ?? "crm",
    originOf: (path) => ({ rule, sources: [path.replace("Project.", "")] }),
  };
}

/** A target that takes those fields, with the locks as given. */
export function smallTarget(fields: readonly SmallField[]): TargetModel {
  const locks = new Map(fields.map(({ name, lock }) => [pathOf(name), lock]));
  const fieldOf = (path: string): TargetField => ({
    path,
    type: "string",
    required: false,
    sensitive: false,
    calls: ["create", "update"],
  });
  const writable = new Map([...locks.keys()].map((path) => [path, fieldOf(path)]));
  return {
    name: "small",
    writable,
    readable: writable,
    alwaysSent: [],
    read: (opportunity) => ({
      state: { reviewStatus: undefined, stage: undefined, origin: undefined },
      submittable: false,
      movesOnUpdate: false,
      related: {},
      assigneeEmail: undefined,
      version: opportunity["Version"] as string | undefined,
    }),
    lockOf: (path) => {
      const lock = locks.get(path) ?? "editable";
      return lock === "editable" ? { lock } : { lock, reason: "locked in this state" };
    },
    readiness: () => [],
    updateBody: (current, values) =>
      [...values].reduce<JsonObject>((body, [path, value]) => withValueAt(body, path, value), current),
  };
}

/** Both sides and what they agreed on. */
export interface SmallSides {
  readonly record: JsonObject;
  readonly opportunity: JsonObject;
  readonly base: ReadonlyMap<string, AgreedValue>;
}

/** What `decide` sees of them. */
export function observed({ record, opportunity, base }: SmallSides): Observation {
  return {
    crmRef: "1",
    crm: { status: "present", record: { AwsId: "O1", ...record }, version: "1" },
    opportunityId: "O1",
    opportunity,
    summary: undefined,
    base,
    direction: "both",
    today: "2026-11-21",
  };
}

/** Both sides after a plan was applied, as an engine without faults applies it. */
export function applied({ record, opportunity, base }: SmallSides, plan: Plan): SmallSides {
  const update = plan.steps.find((step) => step.kind === "update");
  const write = plan.steps.find((step) => step.kind === "write-crm");
  const crm: Record<string, JsonValue> = { ...record };
  for (const [field, value] of Object.entries(write?.fields ?? {})) crm[field] = value;
  return {
    record: crm,
    opportunity: update?.body ?? opportunity,
    base: new Map([...base, ...plan.agreed]),
  };
}
