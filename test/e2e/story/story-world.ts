import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock, type Connection, failureOf, silentLogger } from "@cosell/connector";
import type { CompiledMapping } from "@cosell/core";
import { type LoggedRequest, manualClock, type RunningEmulators, startEmulators } from "@cosell/emulator";
import { createEngine, type Engine, type EventReport, type SyncReport } from "@cosell/engine";
import { createMemoryQuotaGate, createPartnerCentral, partnerCentralTarget } from "@cosell/partner-central";
import { openState, type StateStore } from "@cosell/state";
import { powerCut } from "../support/crashing.ts";
import { drainEvents } from "./drain-events.ts";
import { invitationRules } from "./referral-fates.ts";
import type { StoryCrm, StoryCrmKind } from "./story-crm.ts";
import { writeOverlay } from "./story-mapping.ts";
import type { StoryStore, StoryStoreKind } from "./story-store.ts";

/** A Monday morning, in the past of whoever runs the command after the story. */
const begin = Date.UTC(2026, 0, 5, 9);
const minute = 60_000;
/** Longer than a claim lasts: what a dead process had in hand is free again. */
const lease = 3 * minute;
const tries = 8;

/** What the story is played with. */
export interface StoryWorldOptions {
  readonly crm: StoryCrmKind;
  readonly store: StoryStoreKind;
  readonly seed: number;
}

/** Both servers, their events in a queue, and Cosell between them: real clients over HTTP, in a time of its own. */
export interface StoryWorld {
  readonly seed: number;
  readonly folder: string;
  readonly emulators: RunningEmulators;
  readonly clock: Clock & { advance(milliseconds: number): void };
  readonly crm: StoryCrm;
  readonly store: StateStore;
  readonly storeUrl: string;
  readonly engine: Engine;
  /** The mapping's file, as it stands now. */
  readonly mapping: { readonly file: string; readonly compiled: CompiledMapping };
  /** A new mapping from now on, in a new process. `rules` are laid over the shipped one. */
  remap(name: string, rules: readonly string[]): Promise<void>;
  /** The process ends, and another one starts over the same state. */
  restart(): Promise<void>;
  /** The state is lost: another process starts over an empty one. */
  loseState(): Promise<void>;
  /** Takes what lies in the queue. */
  takeEvents(): Promise<EventReport>;
  /** A sync as a scheduler starts it: when it fails as a whole, it is started again later. */
  sync(): Promise<SyncReport>;
  /** A sync whose process is killed at its nth call, and another process after it. */
  syncKilled(nth: number, when: "before" | "after"): Promise<void>;
  /** Calls since a mark in the log: AWS's by operation. */
  awsCalls(since: number): Readonly<Record<string, number>>;
  /** Calls that wrote to the CRM since a mark in the log. */
  crmWrites(since: number): number;
  close(): Promise<void>;
}

/** Starts everything; the CRM is empty. */
export async function startStoryWorld({
  crm: crmKind,
  store: storeKind,
  seed,
}: StoryWorldOptions): Promise<StoryWorld> {
  const time = manualClock(begin);
  const clock = {
    ...time,
    sleep: (milliseconds: number): Promise<void> => {
      time.advance(milliseconds);
      return Promise.resolve();
    },
  };
  const emulators = await startEmulators({
    clock,
    faultSeed: seed,
    eventSeed: seed,
    settings: {
      partnerCentralSelling: { quotas: true, inReviewAfterMs: 12 * 60 * minute },
      events: {
        duplicateProbability: 0.1,
        reorderProbability: 0.2,
        lossProbability: 0.1,
        delayMs: 300,
        delaySpreadMs: 2000,
      },
      sqs: { visibilityClock: "emulator" },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), "cosell-story-"));
  const crm = await crmKind.start(emulators, clock);
  const partnerCentral = createPartnerCentral({
    catalog: "Sandbox",
    region: "us-east-1",
    endpoint: emulators.partnerCentralSelling.url,
    credentials: { accessKeyId: "AKIACOSELLPARTNERONE", secretAccessKey: "emulated" },
    gate: createMemoryQuotaGate({ clock }),
    clock,
    logger: silentLogger,
  });
  const places: StoryStore[] = [];
  const state = { mapping: writeOverlay(folder, crm.mapping, "mapping", []), processes: 0 };

  const newPlace = async (): Promise<StoryStore> => {
    const place = await storeKind.create(folder);
    places.push(place);
    return place;
  };
  interface Process {
    readonly place: StoryStore;
    readonly store: StateStore;
    readonly connection: Connection;
    readonly engine: Engine;
  }
  type Wire = <Wired extends object>(target: Wired) => Wired;
  const begun = async (place: StoryStore, wire: Wire = (target) => target): Promise<Process> => {
    state.processes += 1;
    const store = await openState({ url: place.url, clock });
    const connection = await crm.connect(store.tokens("crm"));
    const check = await connection.check();
    const engine = createEngine({
      sync: {
        ...{ name: "opportunities", direction: "both", mapping: state.mapping.compiled },
        ...(check.ok ? { organization: check.organization } : {}),
        ...{ connection: wire(connection), capabilities: crm.capabilities },
        invitations: { ...crm.invitations(), rules: invitationRules, alarmMs: [] },
      },
      ...{ store: wire(store), partnerCentral: wire(partnerCentral), target: partnerCentralTarget },
      ...{ clock, logger: silentLogger, concurrency: 1, owner: `process-${state.processes}` },
      sweep: { links: 60 },
    });
    return { place, store, connection, engine };
  };
  const ended = async ({ store, connection }: Process): Promise<void> => {
    await connection.close();
    await store.close();
  };
  let process = await begun(await newPlace());
  const restart = async (place: StoryStore = process.place): Promise<void> => {
    await ended(process);
    process = await begun(place);
  };
  const callsSince = (since: number, server: string): readonly LoggedRequest[] =>
    emulators.requests.since(since).filter((request) => request.server === server);

  return {
    ...{ seed, folder, emulators, clock, crm },
    get store() {
      return process.store;
    },
    get storeUrl() {
      return process.place.url;
    },
    get engine() {
      return process.engine;
    },
    get mapping() {
      return state.mapping;
    },
    remap: async (name, rules) => {
      state.mapping = writeOverlay(folder, crm.mapping, name, rules);
      await restart();
    },
    restart,
    loseState: async () => restart(await newPlace()),
    takeEvents: () => drainEvents(emulators, (events) => process.engine.receive(events)),
    sync: async () => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await process.engine.sync();
        } catch (error) {
          if (failureOf(error) === undefined || attempt === tries) throw error;
          time.advance(10 * minute);
        }
      }
    },
    syncKilled: async (nth, when) => {
      const cut = powerCut(nth, when);
      const doomed = await begun(process.place, (target) => cut.wire(target));
      await doomed.engine.sync().catch((error: unknown) => {
        if (failureOf(error) === undefined) throw error;
      });
      await ended(doomed);
      time.advance(lease);
      await process.place.elapse?.(lease);
      await restart();
    },
    awsCalls: (since) => {
      const calls: Record<string, number> = {};
      for (const { operation } of callsSince(since, emulators.partnerCentral.name)) {
        calls[operation] = (calls[operation] ?? 0) + 1;
      }
      return calls;
    },
    crmWrites: (since) => callsSince(since, crm.server).filter(({ operation }) => crm.isWrite(operation)).length,
    close: async () => {
      await ended(process);
      partnerCentral.close();
      await emulators.close();
      for (const place of places) await place.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
