import type { JsonObject } from "@cosell/connector";
import { idField } from "./mapping.ts";
import { textOf } from "./plain.ts";
import type { CrmWrite } from "./crm.ts";
import type { World } from "./world.ts";

/** Records that people want at AWS, and those that they want submitted. */
interface Wishes {
  readonly created: ReadonlySet<string>;
  readonly submitted: ReadonlySet<string>;
}

/** What the engine made at AWS, and what people had wanted since its sync began. */
interface Made {
  readonly what: keyof Wishes;
  readonly opportunity: JsonObject;
  readonly wishes: Wishes;
}

/** Watches what cannot be taken back: what is created and submitted. */
export interface WantedWatch {
  begun(): Promise<void>;
  /** People act: before and after. */
  interfered(): void;
  made(what: keyof Wishes, opportunity: JsonObject): void;
  /** The engine writes into a record. */
  wrote(write: CrmWrite): void;
  /**
   * What was made although nobody wanted it at any time since its sync had begun, and opportunities that a person had
   * named for a record without one, and that gave way to another.
   */
  unwanted(): Promise<readonly string[]>;
}

/** Starts a watch that knows only what people may expect of the records as they stand. */
export function watchWanted(world: World): WantedWatch {
  let since: readonly Wishes[] = [];
  const all: Made[] = [];
  let named: ReadonlyMap<string, string> = new Map();
  const replaced: string[] = [];
  const wishes = (): Wishes => {
    const shared = world.crm.refs().filter((ref) => world.crm.record(ref)?.["Share"] === true);
    const isNew = (ref: string): boolean => textOf(world.crm.record(ref)?.[idField]) === "" && !world.joined.has(ref);
    return {
      created: new Set(shared.filter(isNew)),
      submitted: new Set(shared.filter((ref) => world.crm.record(ref)?.["Submit"] === true)),
    };
  };
  return {
    begun: async () => {
      since = [wishes()];
      const ids = new Map<string, string>();
      for (const ref of world.crm.refs()) {
        const id = textOf(world.crm.record(ref)?.[idField]);
        const link = await world.store.linkByCrmRef(world.sync, ref);
        if (id !== "" && link?.opportunityId === undefined) ids.set(ref, id);
      }
      named = ids;
    },
    wrote: ({ ref, after }) => {
      const id = named.get(ref);
      const now = textOf(after[idField]);
      if (id !== undefined && now !== id) replaced.push(`(1) ${ref} named ${id}, and was given ${now}`);
    },
    interfered: () => {
      since = [...since, wishes()];
    },
    made: (what, opportunity) => {
      const seen = [...since, wishes()];
      const union = (name: keyof Wishes): ReadonlySet<string> => new Set(seen.flatMap((one) => [...one[name]]));
      all.push({ what, opportunity, wishes: { created: union("created"), submitted: union("submitted") } });
    },
    unwanted: async () => {
      const broken = [...replaced];
      for (const { what, opportunity, wishes } of all) {
        const own = textOf(opportunity["PartnerOpportunityIdentifier"]);
        const link = await world.store.linkByOpportunity(world.sync, textOf(opportunity["Id"]));
        // The link of a merged record has gone to the survivor.
        const refs = what === "created" ? [own] : [own, ...(link === undefined ? [] : [link.crmRef])];
        if (!refs.some((ref) => wishes[what].has(ref)))
          broken.push(`(1) ${textOf(opportunity["Id"])} of ${refs.join()} was ${what} although nobody wanted it`);
      }
      return broken;
    },
  };
}
