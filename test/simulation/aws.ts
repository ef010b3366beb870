import type { Clock, JsonObject } from "@cosell/connector";
import { createEmulatedPartnerCentral, directTransport, type PartnerCentralEmulator } from "@cosell/emulator";
import type { RawResult, RawTransport } from "@cosell/partner-central";

/** What goes wrong next on the way to AWS; each counts down. */
export interface AwsFaults {
  /** Calls that are refused as too fast. */
  throttled: number;
  /** Calls that fail before anything is done. */
  failed: number;
  /** Writes that are done and whose answer is lost. */
  lost: number;
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

/** Starts an empty one. `onUpdate` hears of each change that the engine made to an opportunity. */
export function createSimulatedAws(
  clock: Clock & { advance(milliseconds: number): void },
  onUpdate: (before: JsonObject, after: JsonObject) => void,
): SimulatedAws {
  const emulator = createEmulatedPartnerCentral({
    clock,
    settings: { unsigned: "always", inReviewAfterMs: Number.MAX_SAFE_INTEGER },
  });
  const direct = directTransport(emulator);
  const faults: AwsFaults = { throttled: 0, failed: 0, lost: 0 };
  const calls: AwsCall[] = [];
  let races: { left: number; readonly act: () => void }[] = [];
  const opportunities = (): readonly JsonObject[] => emulator.opportunities();
  const find = (id: unknown): JsonObject | undefined => opportunities().find(({ Id }) => Id === id);

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
    const id = isUpdate ? (JSON.parse(body) as JsonObject)["Identifier"] : undefined;
    const before = isUpdate ? find(id) : undefined;
    const result = await direct.send(operation, body);
    const ok = result.answer.status === 200;
    calls.push({ at: clock.now(), operation, ok });
    const after = isUpdate && ok ? find(id) : undefined;
    if (before !== undefined && after !== undefined) onUpdate(before, after);
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
      Object.assign(faults, { throttled: 0, failed: 0, lost: 0 });
      races = [];
    },
    byHand: async (operation, input) => {
      const { answer } = await direct.send(operation, JSON.stringify({ ...input, Catalog: "Sandbox" }));
      return answer.status === 200;
    },
    opportunities,
  };
}
