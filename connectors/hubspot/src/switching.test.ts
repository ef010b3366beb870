import type { Connection } from "@cosell/connector";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { accessToken, type EmulatedPortal, journalApp, startEmulatedPortal } from "./__fixtures__/emulated-portal.ts";

const minute = 60_000;
const object = "deals";
const company = "companies";
const fields = ["company.name"];

/** One thing that happens, to the records that `pick` chooses. */
type Step = {
  readonly [Kind in keyof typeof steps]: { readonly kind: Kind; readonly pick: number };
}[keyof typeof steps];

/** A portal, a follower of its changes, and what the follower was not yet told. */
interface World {
  readonly emulated: EmulatedPortal;
  readonly connections: { readonly search: Connection; readonly journal: Connection };
  /** Which of the two is asked. */
  way: "journal" | "search";
  cursor: string | undefined;
  /** Records whose last change was not told yet. */
  readonly due: Set<string>;
  readonly companies: readonly string[];
}

const living = ({ emulated }: World): readonly string[] =>
  emulated.portal
    .records(object)
    .filter(({ archived }) => !archived)
    .map(({ id }) => id);
const archived = ({ emulated }: World): readonly string[] =>
  emulated.portal
    .records(object)
    .filter((record) => record.archived && record.mergedInto === undefined)
    .map(({ id }) => id);
const one = (list: readonly string[], pick: number): string | undefined => list[pick % Math.max(1, list.length)];

const steps = {
  create: ({ emulated, due }: World, pick: number) => {
    due.add(emulated.portal.create(object, { dealname: `Deal ${pick}`, dealstage: "qualifiedtobuy" }));
  },
  edit: (world: World, pick: number) => {
    const id = one(living(world), pick);
    if (id === undefined) return;
    world.emulated.portal.edit(object, id, { hs_next_step: `${world.emulated.clock.now()} ${pick}` });
    world.due.add(id);
  },
  archive: (world: World, pick: number) => {
    const id = one(living(world), pick);
    if (id === undefined) return;
    world.emulated.portal.archive(object, id);
    world.due.add(id);
  },
  restore: (world: World, pick: number) => {
    const id = one(archived(world), pick);
    if (id === undefined) return;
    world.emulated.portal.restore(object, id);
    world.due.add(id);
  },
  merge: (world: World, pick: number) => {
    const [primary, other] = [one(living(world), pick), one(living(world), pick + 1)];
    if (primary === undefined || other === undefined || primary === other) return;
    const survivor = world.emulated.portal.merge(object, primary, other);
    for (const id of [primary, other, survivor]) world.due.add(id);
  },
  associate: (world: World, pick: number) => {
    const [deal, end] = [one(living(world), pick), one(world.companies, pick)];
    if (deal === undefined || end === undefined) return;
    world.emulated.portal.associate({ object, id: deal }, { object: company, id: end });
    world.due.add(deal);
  },
  editCompany: (world: World, pick: number) => {
    const id = one(world.companies, pick) ?? "";
    world.emulated.portal.edit(company, id, { name: `${world.emulated.clock.now()} ${pick}` });
    for (const deal of world.emulated.portal.associated({ object: company, id }, object))
      if (living(world).includes(deal)) world.due.add(deal);
  },
  wait: ({ emulated }: World, pick: number) => emulated.advance((1 + (pick % 40)) * minute),
  waitLong: ({ emulated }: World, pick: number) => emulated.advance((1 + (pick % 50)) * 60 * minute),
  switchWay: (world: World) => {
    world.way = world.way === "journal" ? "search" : "journal";
  },
  takeJournal: ({ emulated }: World, pick: number) => {
    const { journalScopes } = startSettings;
    emulated.emulators.hubspot.configure({ journalScopes: pick % 2 === 0 ? [] : journalScopes });
    emulated.emulators.hubspot.expireTokens();
  },
  hideFiles: ({ emulated }: World, pick: number) =>
    emulated.emulators.hubspot.configure({ journalUrlLifetimeMs: pick % 2 === 0 ? 0 : 600_000 }),
  loseFiles: ({ emulated }: World, pick: number) => {
    const { hubspot } = emulated.emulators;
    hubspot.configure({ journalLostOffset: pick % 2 === 0 ? "not-found" : "empty" });
    const state = hubspot.state();
    if (state.journal) hubspot.load({ ...state, journal: { ...state.journal, views: {} } });
  },
  unsubscribe: ({ emulated }: World) => {
    const { hubspot } = emulated.emulators;
    const state = hubspot.state();
    if (state.journal) hubspot.load({ ...state, journal: { ...state.journal, subscriptions: [] } });
  },
  follow: async (world: World) => follow(world),
} as const;

const startSettings = {
  journalScopes: ["read", "subscriptions.read", "subscriptions.write"].map(
    (name) => `developer.webhooks_journal.${name}`,
  ),
  searchLagMs: 3 * minute,
  journalLagMs: 2 * minute,
  journalFileEvents: 3,
};

/** Asks for all changes that there are; what was changed since is due no more once it is told as it is now. */
async function follow(world: World): Promise<void> {
  const { emulated, connections, way, due } = world;
  for (let pages = 0; pages < 200; pages += 1) {
    let page;
    try {
      page = await connections[way].changes({
        ...{ object, fields, limit: 4 },
        ...(world.cursor !== undefined && { cursor: world.cursor }),
      });
    } catch {
      // Whoever asks again is answered, by the journal or by the search.
      return;
    }
    if (page.cursorLost) {
      world.cursor = undefined;
      continue;
    }
    const stamps = new Map(emulated.portal.records(object).map(({ id, updatedAt }) => [id, updatedAt]));
    for (const change of page.changes) {
      const isOld =
        change.kind === "upsert" && /^\d{4}-/.test(change.version) && change.version !== stamps.get(change.ref);
      if (!isOld) due.delete(change.ref);
    }
    world.cursor = page.cursor;
    if (page.caughtUp) return;
  }
  throw new Error("the feed was not caught up after 200 pages");
}

type Kind = keyof typeof steps;

/** Lets things happen, then time pass; what was not told by then. */
async function missedAfter(taken: readonly Step[], pauses: readonly number[]): Promise<readonly string[]> {
  const emulated = await startEmulatedPortal(startSettings);
  try {
    const { portal, connect, advance } = emulated;
    const world: World = {
      emulated,
      connections: {
        search: await connect({ accessToken }),
        journal: await connect({ accessToken, ...journalApp }),
      },
      ...{ way: "journal", cursor: undefined, due: new Set() },
      companies: ["Octank", "AnyCompany"].map((name) => portal.create(company, { name })),
    };
    for (let time = 0; time < 4; time += 1) {
      await follow(world);
      advance(15 * minute);
    }
    for (const { kind, pick } of taken) {
      await steps[kind](world, pick);
      if (kind !== "wait" && kind !== "waitLong") advance(1000);
    }
    for (const pause of pauses) {
      advance(pause);
      await follow(world);
    }
    return [...world.due];
  } finally {
    await emulated.close();
  }
}

function anySteps(left: readonly Kind[] = []): fc.Arbitrary<readonly Step[]> {
  const kinds = (Object.keys(steps) as Kind[]).filter((kind) => !left.includes(kind));
  const step = fc.record({ kind: fc.constantFrom(...kinds), pick: fc.nat(99) }) as fc.Arbitrary<Step>;
  return fc.array(step, { minLength: 10, maxLength: 40 });
}

describe("whoever changes between the Webhooks Journal and the search", () => {
  it("misses no change for long", async () => {
    const pauses = [20, 20, 20].map((minutes) => minutes * minute);
    await fc.assert(
      fc.asyncProperty(anySteps(["loseFiles"]), async (taken) => expect(await missedAfter(taken, pauses)).toEqual([])),
      { numRuns: 60 },
    );
  }, 60_000);

  it("misses none for more than a day when the journal loses some without a word", async () => {
    const pauses = [20, 25 * 60, 20, 20].map((minutes) => minutes * minute);
    await fc.assert(
      fc.asyncProperty(anySteps(), async (taken) => expect(await missedAfter(taken, pauses)).toEqual([])),
      { numRuns: 25 },
    );
  }, 60_000);
});
