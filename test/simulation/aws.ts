import type { Clock, JsonObject } from "@cosell/connector";
import { createEmulatedPartnerCentral, directTransport, type PartnerCentralEmulator } from "@cosell/emulator";
import { textOf } from "./plain.ts";
import type { RawResult, RawTransport } from "@cosell/partner-central";

/** What goes wrong next on the way to AWS; each counts down. */
export interface AwsFaults {
  /** Calls that are refused as too fast. */
  throttled: number;
  /** Calls that fail before anything is done. */
  failed: number;
  /** Writes that are done and whose answer is lost. */
  lost: number;
  /** Reads of an opportunity that show it as it was when it was read before. */
  stale: number;
  /** Updates that are answered, and of which some values are dropped without a word. */
  dropped: number;
}

/** One call that reached AWS. */
export interface AwsCall {
  readonly at: number;
  readonly operation: string;
  readonly ok: boolean;
}

/** AWS as the simulation sees it: the emulator in this process, every call on record, faults to order. */
export interface SimulatedAws {
  readonly emulator: PartnerCentralEmulator;
  readonly transport: RawTransport;
  readonly faults: AwsFaults;
  readonly calls: readonly AwsCall[];
  /** Done before the next calls, in order: a person who is faster than the engine. Counted down by calls. */
  race(afterCalls: number, act: () => void): void;
  /** Nothing goes wrong any more. */
  calm(): void;
  /** A call past the engine, as a person's tool makes it. */
  byHand(operation: string, input: JsonObject): Promise<boolean>;
  /** Every opportunity that was ever created. */
  opportunities(): readonly JsonObject[];
}

type DirectAnswer = Awaited<ReturnType<ReturnType<typeof directTransport>["send"]>>;

/** What AWS drops when it drops something: of every authority, with and without a way back. */
const dropped = ["Project.Title", "Project.CustomerBusinessProblem", "LifeCycle.NextSteps", "Project.CompetitorName"];

/** Hears of what the engine does at AWS, once it is done. */
export interface AwsListener {
  updated(before: JsonObject, after: JsonObject): void;
  /** An update was answered, but some of the values that it wanted are dropped. */
  dropped(before: JsonObject, wanted: JsonObject): void;
  created(opportunity: JsonObject): void;
  /** A task was started for the first time: repeats with its token are none. */
  submitted(opportunityId: string): void;
}

/** Starts an empty one. */
export function createSimulatedAws(
  clock: Clock & { advance(milliseconds: number): void },
  listener: AwsListener,
): SimulatedAws {
  const emulator = createEmulatedPartnerCentral({
    clock,
    settings: { unsigned: "always", inReviewAfterMs: Number.MAX_SAFE_INTEGER },
  });
  const direct = directTransport(emulator);
  const faults: AwsFaults = { throttled: 0, failed: 0, lost: 0, stale: 0, dropped: 0 };
  const calls: AwsCall[] = [];
  let races: { left: number; readonly act: () => void }[] = [];
  const opportunities = (): readonly JsonObject[] => emulator.opportunities();
  const started = new Set<unknown>();
  const find = (id: unknown): JsonObject | undefined => opportunities().find(({ Id }) => Id === id);

  const reads = new Map<string, DirectAnswer>();
  /** An answer that may be of a copy which has not caught up. */
  const asItWas = (body: string, now: DirectAnswer): DirectAnswer => {
    const before = reads.get(body);
    if (now.answer.status === 200) reads.set(body, now);
    if (faults.stale === 0 || before === undefined) return now;
    faults.stale -= 1;
    reads.set(body, before);
    return before;
  };

  const send = async (operation: string, body: string): Promise<RawResult> => {
    for (const race of races) {
      race.left -= 1;
      if (race.left < 0) race.act();
    }
    races = races.filter(({ left }) => left >= 0);
    const isWrite = !/^(Get|List)/.test(operation);
    if (faults.throttled > 0) {
      faults.throttled -= 1;
      return direct.refuse("throttle", operation);
    }
    if (faults.failed > 0) {
      faults.failed -= 1;
      return direct.refuse("server-error", operation);
    }
    const isUpdate = operation === "UpdateOpportunity";
    const input = JSON.parse(body) as JsonObject;
    const id = isUpdate ? input["Identifier"] : undefined;
    const count = opportunities().length;
    const before = isUpdate ? find(id) : undefined;
    const isDropped = isUpdate && faults.dropped > 0;
    if (isDropped) faults.dropped -= 1;
    emulator.configure({ ignoredMembers: isDropped ? dropped : [] });
    const sent = await direct.send(operation, body);
    const result = operation === "GetOpportunity" ? asItWas(body, sent) : sent;
    const ok = result.answer.status === 200;
    calls.push({ at: clock.now(), operation, ok });
    const after = isUpdate && ok ? find(id) : undefined;
    if (before !== undefined && after !== undefined) listener.updated(before, after);
    if (isDropped && ok && before !== undefined) listener.dropped(before, input);
    const [newest] = opportunities().slice(count);
    if (operation === "CreateOpportunity" && newest !== undefined) listener.created(newest);
    if (operation === "StartEngagementFromOpportunityTask" && ok && !started.has(input["ClientToken"])) {
      started.add(input["ClientToken"]);
      listener.submitted(textOf(input["Identifier"]));
    }
    if (isWrite && ok && faults.lost > 0) {
      faults.lost -= 1;
      return { kind: "no-answer", error: new Error("The connection broke."), sent: true };
    }
    return result;
  };

  return {
    emulator,
    faults,
    calls,
    transport: { send: (operation, body) => send(operation, body), close: () => undefined },
    race: (left, act) => races.push({ left, act }),
    calm: () => {
      Object.assign(faults, { throttled: 0, failed: 0, lost: 0, stale: 0, dropped: 0 });
      races = [];
    },
    byHand: async (operation, input) => {
      const { answer } = await direct.send(operation, JSON.stringify({ ...input, Catalog: "Sandbox" }));
      return answer.status === 200;
    },
    opportunities,
  };
}
