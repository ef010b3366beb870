import { FailureError, failureOf, type JsonObject, type JsonValue, silentLogger } from "@cosell/connector";
import { createEngine, type Engine, processOwner } from "@cosell/engine";
import { createMemoryQuotaGate, createPartnerCentral, partnerCentralTarget } from "@cosell/partner-central";
import { openState, type StateStore } from "@cosell/state";
import type { Action } from "./actions.ts";
import { createSimulatedAws, type SimulatedAws } from "./aws.ts";
import { startProcess } from "./crash.ts";
import { createSimulatedCrm, type CrmWrite, crmCapabilities, type SimulatedCrm } from "./crm.ts";
import { idField, mappedFields, mappedFieldsOf, mappings, solutionField } from "./mapping.ts";
import { actAtAws, actInCrm, isAtAws, isInCrm } from "./people.ts";
import { textOf } from "./plain.ts";
import { type WantedWatch, watchWanted } from "./wanted.ts";

const start = Date.parse("2026-11-21T09:00:00Z");
const minute = 60_000;
/** More rounds of sync than any failure needs. */
const mostRounds = 12;

/** Hears of what the engine overwrites. */
export interface Overwrites {
  inCrm(write: CrmWrite): void;
  atAws(before: JsonObject, after: JsonObject): void;
  /** AWS answered an update as if it had taken all that it wanted. */
  dropped(before: JsonObject, wanted: JsonObject): void;
  /** A sync is about to look: it may see both sides as they are. */
  begun(): void;
  /** Somebody interferes with a sync, which may have seen both sides as they were. */
  interfered(): void;
  /** The process of a sync has died. */
  killed(): void;
  /** A sync has ended in which nobody interfered. */
  synced(): void;
}

/** What a person makes at AWS by hand has no more than a title. */
const byHand = { Project: { Title: "By hand" } };

/** Two sides, a store that survives, and an engine that may be killed. */
export interface World {
  readonly crm: SimulatedCrm;
  readonly aws: SimulatedAws;
  readonly store: StateStore;
  readonly sync: string;
  readonly now: () => number;
  readonly edition: () => 1 | 2;
  /** Paths that a person answered since they were last in conflict. */
  readonly answered: ReadonlyMap<string, "crm" | "aws">;
  /** Solutions that a person attached at AWS: `opportunity solution`. */
  readonly attachedByHand: ReadonlySet<string>;
  /** Ids of the opportunities that people made by hand. */
  readonly madeByHand: ReadonlySet<string>;
  /** Records that a person joined to an opportunity by a word to the store. */
  readonly joined: ReadonlySet<string>;
  /** What was made at AWS, and whether it was wanted. */
  readonly wanted: WantedWatch;
  /** What the engine wrote in the CRM, as `field: before -> after`, in order. */
  readonly crmWrites: readonly string[];
  perform(action: Action): Promise<void>;
  /** Runs one sync; `dieAt` kills it at that place and starts it again. Returns how many places it passed. */
  run(how?: {
    readonly dieAt?: number | undefined;
    readonly downtime?: readonly Action[];
    readonly records?: readonly string[];
  }): Promise<number>;
  /** No more faults: syncs until nothing is left to do. */
  quiesce(): Promise<void>;
  /** The opportunity that a record has: by the id in the CRM, else by the record's id at AWS. */
  opportunityOf(ref: string): JsonObject | undefined;
  /** The record that carries an opportunity's id. */
  refOf(opportunity: JsonObject): string | undefined;
  close(): Promise<void>;
}

/** Starts a world. `crashes: false` plays the same history without its kills. */
export async function startWorld(
  options: { readonly crashes: boolean },
  overwritesOf: (world: World) => Overwrites,
): Promise<World> {
  let time = start;
  const clock = {
    now: () => time,
    advance: (milliseconds: number): void => {
      time += milliseconds;
    },
    sleep: (milliseconds: number): Promise<void> => {
      time += milliseconds;
      return Promise.resolve();
    },
  };
  const store = await openState({ url: "sqlite::memory:", clock });
  const sync = "deals";
  let edition: 1 | 2 = 1;
  let crmLost = 0;
  const crmWrites: string[] = [];
  const answered = new Map<string, "crm" | "aws">();
  const attachedByHand = new Set<string>();
  const joined = new Set<string>();
  const madeByHand = new Set<string>();
  let raced = false;
  let sweeping = false;
  let paused = false;

  const crm = createSimulatedCrm(clock.now, (write) => {
    const fields = Object.keys(write.after).filter((name) => write.before[name] !== write.after[name]);
    crmWrites.push(
      fields.map((name) => `${name}: ${textOf(write.before[name])} -> ${textOf(write.after[name])}`).join(),
    );
    overwrites.inCrm(write);
    wanted.wrote(write);
    if (crmLost > 0) {
      crmLost -= 1;
      throw new FailureError({ kind: "unknown-outcome", message: "The connection broke." });
    }
  });
  const aws = createSimulatedAws(clock, {
    updated: (before, after) => {
      overwrites.atAws(before, after);
    },
    dropped: (before, wanted) => {
      overwrites.dropped(before, wanted);
    },
    created: (opportunity) => {
      wanted.made("created", opportunity);
    },
    submitted: (id) => {
      const opportunity = aws.opportunities().find(({ Id }) => Id === id);
      if (opportunity !== undefined) wanted.made("submitted", opportunity);
    },
  });

  const refOf = (record: number): string | undefined => crm.refs()[record];
  const holder = ({ Id }: JsonObject): string | undefined =>
    crm.refs().find((ref) => crm.record(ref)?.[idField] === Id);
  const opportunityOf = (ref: string): JsonObject | undefined => {
    const all = aws.opportunities();
    const id = crm.record(ref)?.[idField];
    const stored = all.find(({ Id }) => Id === id);
    const own = all.find((each) => each["PartnerOpportunityIdentifier"] === ref && holder(each) === undefined);
    return stored ?? own;
  };
  const run: World["run"] = async ({ dieAt, downtime = [], records } = {}) => {
    overwrites.begun();
    await wanted.begun();
    const process = startProcess(options.crashes ? dieAt : undefined);
    const guardedClock = process.guard(clock);
    const engine: Engine = createEngine({
      sync: {
        name: sync,
        direction: "both",
        mapping: mappings[edition],
        connection: process.guard(crm.connection),
        capabilities: crmCapabilities,
      },
      store: process.guard(store),
      partnerCentral: createPartnerCentral({
        catalog: "Sandbox",
        region: "us-east-1",
        gate: createMemoryQuotaGate({ clock }),
        clock: guardedClock,
        logger: silentLogger,
        transport: process.guard(aws.transport),
      }),
      target: partnerCentralTarget,
      clock: guardedClock,
      logger: silentLogger,
      concurrency: 2,
      sweep: { links: sweeping ? 25 : 0 },
      // No process has this number: its claims are those of the dead.
      owner: processOwner(99_999_999),
    });
    try {
      await engine.sync(records === undefined ? {} : { records });
    } catch (error) {
      if (!process.dead && !(error instanceof FailureError)) throw error;
    }
    const { passed } = process;
    // Nobody starts a process within a second.
    clock.advance(2000);
    if (process.dead) {
      overwrites.killed();
      for (const action of downtime) await perform(action);
      await run(records === undefined ? {} : { records });
    }
    return passed;
  };

  const perform = async (action: Action): Promise<void> => {
    switch (action.kind) {
      case "create": {
        const fields = mappedFields.map(({ field, values }, index): [string, JsonValue] => [
          field,
          values[(action.values[index] ?? 0) % values.length] ?? null,
        ]);
        crm.create({
          ...Object.fromEntries(fields),
          ...{
            Company: "Globex",
            Owner: "olga@acme.example",
            Share: true,
            Submit: action.submit,
            StageName: "Qualified",
          },
          [solutionField]: "S-0001111",
        });
        return;
      }
      case "race":
        raced = true;
        aws.race(action.afterCalls, () => {
          overwrites.interfered();
          wanted.interfered();
          void perform(action.act);
          wanted.interfered();
        });
        return;
      case "forget-cursors":
        crm.forgetCursors();
        return;
      case "remap":
        edition = action.edition;
        return;
      case "merge-after-remap":
        edition = action.edition;
        await performOn({ kind: "merge", record: action.record });
        return;
      case "wait":
        clock.advance(action.minutes * minute);
        return;
      case "fault":
        if (action.fault === "crm-lost") crmLost += action.times;
        else aws.faults[action.fault] += action.times;
        return;
      case "sync":
        await run(action);
        if (raced) overwrites.interfered();
        else overwrites.synced();
        return;
      case "pause":
      case "resume": {
        const path = mappedFields[action.field]?.path ?? "";
        const pause = { scope: "sync", name: sync, path } as const;
        if (action.kind === "pause") {
          paused = true;
          await store.pause({ ...pause, reason: "simulated" });
        } else if (await store.resume(pause)) {
          const marks = crm.refs().map((ref) => ({ side: "crm", ref, reason: "operator" }) as const);
          await store.intake(sync, "operator", marks, undefined);
        }
        return;
      }
      default:
        await performOn(action);
    }
  };

  const performOn = async (
    action: Exclude<Extract<Action, { readonly record: number }>, { readonly kind: "merge-after-remap" }>,
  ): Promise<void> => {
    const ref = refOf(action.record);
    if (ref === undefined) return;
    if (isInCrm(action)) {
      actInCrm(action, ref, crm);
      return;
    }
    if (action.kind === "answer") {
      const link = await store.linkByCrmRef(sync, ref);
      if (link === undefined) return;
      const conflicts = (await store.fieldStates(link.id)).filter(({ kind }) => kind === "conflict");
      const choices = conflicts.map(({ path }) => ({ path, take: action.take }));
      for (const path of await store.answer(link.id, choices)) answered.set(`${ref} ${path}`, action.take);
      return;
    }
    if (action.kind === "make-by-hand") {
      await makeByHand(ref, action.tells);
      return;
    }
    const opportunity = opportunityOf(ref);
    const id = opportunity?.["Id"];
    if (opportunity === undefined || typeof id !== "string") return;
    if (isAtAws(action)) {
      if (action.kind === "solution-at-aws" && action.attach) attachedByHand.add(`${id} ${action.solution}`);
      await actAtAws(action, id, opportunity, aws);
      return;
    }
    for (let time = 0; time < action.times; time += 1)
      await store.intake(sync, "events", [{ side: "aws", ref: id, reason: "aws:event" }], undefined);
  };

  const makeByHand = async (ref: string, tells: "crm" | "store"): Promise<void> => {
    const record = crm.record(ref);
    if (record === undefined || textOf(record[idField]) !== "") return;
    const count = aws.opportunities().length;
    await aws.byHand("CreateOpportunity", { ...byHand, ClientToken: `hand-${count}` });
    const opportunityId = textOf(aws.opportunities()[count]?.["Id"]);
    madeByHand.add(opportunityId);
    if (tells === "crm") crm.edit(ref, { [idField]: opportunityId });
    else {
      try {
        await store.join(sync, { crmRef: ref, opportunityId });
        joined.add(ref);
      } catch (error) {
        if (failureOf(error)?.kind !== "conflict") throw error;
      }
    }
  };

  const world: World = {
    crm,
    aws,
    store,
    sync,
    answered,
    attachedByHand,
    joined,
    madeByHand,
    get wanted() {
      return wanted;
    },
    now: clock.now,
    edition: () => edition,
    crmWrites,
    perform,
    run,
    opportunityOf,
    refOf: holder,
    quiesce: async () => {
      aws.calm();
      crmLost = 0;
      // Events may be lost for good: only the sweep finds what they told of.
      sweeping = true;
      // The first one passes over what is dirty for another reason.
      for (let round = 0; round < 2; round += 1) {
        clock.advance(8 * 24 * 60 * minute);
        await run();
      }
      sweeping = false;
      // A pause marks nothing, and no sweep looks at a deal without an opportunity: its status tells when it is looked at.
      if (paused) await run({ records: crm.refs() });
      for (let round = 0; round < mostRounds; round += 1) {
        const before = [aws.calls.length, crmWrites.length] as const;
        clock.advance(2 * minute);
        await run();
        const calls = aws.calls.slice(before[0]).filter(({ operation }) => operation !== "ListOpportunities");
        if (calls.length === 0 && crmWrites.length === before[1]) return;
      }
      throw new Error("It never comes to rest.");
    },
    close: () => store.close(),
  };
  const overwrites = overwritesOf(world);
  const wanted = watchWanted(world);
  return world;
}

/** The mapped fields of a world as it is now. */
export function fieldsOf(world: World): ReturnType<typeof mappedFieldsOf> {
  return mappedFieldsOf(world.edition());
}
