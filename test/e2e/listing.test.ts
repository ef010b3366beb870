import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type ChangesRequest, type Connection, FailureError } from "@cosell/connector";
import { createDeal, settled, shippedMapping, startWorld, type World } from "./support/world.ts";

const sync = "opportunities";
const minute = 60_000;
let world: World;
beforeEach(async () => {
  // Without the slow sweep: only the list of all records finds what was missed.
  world = (await startWorld()).withEngine({ engine: { sweep: { links: 0 } } });
});
afterEach(() => world.close());

const linkOf = (deal: string) => world.store.linkByCrmRef(sync, deal);
const cursor = (source: string) => world.store.cursor(sync, source);
/** A mapping that was edited and does the same. */
const edited = { ...shippedMapping(), hash: "edited" };

async function deals(count: number): Promise<readonly string[]> {
  const made = Array.from({ length: count }, (_, number) => createDeal(world, { Name: `Deal ${number}` }));
  await world.engine.sync();
  // The feed's overlap no longer shows them.
  world.clock.advance(60 * minute);
  await world.engine.sync();
  return made;
}

function remove(deal: string): void {
  world.clock.advance(minute);
  world.emulators.salesforce.remove("Opportunity", deal);
  world.clock.advance(settled);
}

/** What the feed was asked for. */
type Asked = Pick<ChangesRequest, "cursor">;

/** The CRM, in pages of two, which may lose its place and stumble. */
function watched(answer: (request: Asked, call: number) => "lost" | "stumble" | undefined): {
  readonly connection: Connection;
  readonly asked: Asked[];
} {
  const asked: Asked[] = [];
  const changes: Connection["changes"] = async (request) => {
    asked.push(request.cursor === undefined ? {} : { cursor: request.cursor });
    const what = answer(request, asked.length);
    if (what === "stumble") throw new FailureError({ kind: "transient", message: "The CRM stumbles." });
    return what === "lost" ? { cursorLost: true } : world.connection.changes({ ...request, limit: 2 });
  };
  return { connection: { ...world.connection, changes }, asked };
}

describe("a mapping that changed", () => {
  it("has all records looked at, and hears of the one that was deleted since the last look", async () => {
    const [gone = "", kept = ""] = await deals(2);
    const before = await cursor("crm");
    remove(gone);
    const { connection, asked } = watched(() => undefined);
    const remapped = world.withEngine({ sync: { connection, mapping: edited } });
    expect(await remapped.engine.sync()).toMatchObject({ created: 0, failed: 0 });
    expect(await linkOf(gone)).toMatchObject({ status: "orphaned" });
    expect(await linkOf(kept)).toMatchObject({ status: "linked" });
    // The feed goes on from its own place; the list begins without one, beside it.
    expect(asked[0]).toEqual({ cursor: before });
    expect(asked).toContainEqual({});
    expect([await cursor("mapping"), await cursor("crm-listing")]).toEqual(["edited", ""]);
    asked.length = 0;
    world.clock.advance(minute);
    expect(await remapped.engine.sync()).toMatchObject({ records: 0 });
    expect(asked).not.toContainEqual({});
  });
});

describe("a CRM that has lost our place", () => {
  it.each(["in the same run", "in a process that comes after"])(
    "is listed whole, and what the list does not show is looked at, though the CRM stumbles on the way: it goes on %s",
    async (when) => {
      const [gone = "", ...kept] = await deals(6);
      remove(gone);
      let down = true;
      const lostAt = await cursor("crm");
      const { connection, asked } = watched((request, call) => {
        if (request.cursor === lostAt) return "lost";
        if (when === "in the same run") return call === 4 ? "stumble" : undefined;
        return down && call > 3 ? "stumble" : undefined;
      });
      const interrupted = world.withEngine({ sync: { connection } });
      if (when === "in a process that comes after") {
        await expect(interrupted.engine.sync()).rejects.toMatchObject({ failure: { kind: "transient" } });
        expect(await linkOf(gone)).toMatchObject({ status: "linked" });
        down = false;
      }
      await world.withEngine({ sync: { connection } }).engine.sync();
      expect(await linkOf(gone)).toMatchObject({ status: "orphaned" });
      for (const deal of kept) expect(await linkOf(deal)).toMatchObject({ status: "linked" });
      // No page was read twice but the one at which it stumbled.
      expect(asked.filter((request) => request.cursor === undefined)).toHaveLength(1);
      expect(await cursor("crm")).not.toBe(lostAt);
      expect(await world.engine.sync()).toMatchObject({ records: 0 });
    },
  );

  it("is asked only for what changed since, once it was listed", async () => {
    const [changed = ""] = await deals(3);
    const lostAt = await cursor("crm");
    const { connection, asked } = watched(({ cursor: given }) => (given === lostAt ? "lost" : undefined));
    world.clock.advance(minute);
    await world.withEngine({ sync: { connection } }).engine.sync();
    asked.length = 0;
    world.clock.advance(60 * minute);
    world.emulators.salesforce.edit("Opportunity", changed, { NextStep: "Later" });
    world.clock.advance(settled);
    expect(await world.withEngine({ sync: { connection } }).engine.sync()).toMatchObject({ records: 1 });
    expect(asked).not.toContainEqual({});
  });

  it("lists anew for a mapping that changed before the list was at its end", async () => {
    const [gone = ""] = await deals(6);
    const lostAt = await cursor("crm");
    let down = true;
    const { connection, asked } = watched(({ cursor: given }, call) => {
      if (given === lostAt) return "lost";
      return down && call > 3 ? "stumble" : undefined;
    });
    await expect(world.withEngine({ sync: { connection } }).engine.sync()).rejects.toThrow("stumbles");
    remove(gone);
    [down, asked.length] = [false, 0];
    await world.withEngine({ sync: { connection, mapping: edited } }).engine.sync();
    expect(asked).toContainEqual({});
    expect(await linkOf(gone)).toMatchObject({ status: "orphaned" });
    expect(await cursor("mapping")).toBe("edited");
  });
});
