import { silentLogger } from "@cosell/connector";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compare } from "./comparer.ts";
import type { Edit } from "./edits.ts";
import { type DemoWorld, startWorld } from "./world.ts";

/** The comparer must notice each kind of damage, else the demo's zeros mean nothing. */
describe("compare", () => {
  let folder: string;
  let world: DemoWorld;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "cosell-comparer-"));
    const { signal } = new AbortController();
    world = await startWorld({ folder, deals: 10, seed: 1, logger: silentLogger, signal });
    await world.engine.sync();
  });

  afterEach(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  const someDeal = () => {
    const opportunity = world.partnerCentral.opportunities()[0] ?? {};
    return {
      crmRef: opportunity["PartnerOpportunityIdentifier"] as string,
      opportunityId: opportunity["Id"] as string,
    };
  };
  const edit = (expected: string): Edit => ({
    side: "crm",
    ...someDeal(),
    awsPath: "LifeCycle.NextSteps",
    crmValue: "nextSteps",
    expected,
  });

  it("finds nothing after a sync", async () => {
    expect(await compare(world, [])).toEqual({ duplicates: 0, lost: [] });
  });

  it("finds a second opportunity of one record", async () => {
    const before = world.partnerCentral.state();
    const [name = "", space] = Object.entries(before.spaces)[0] ?? [];
    if (space === undefined) throw new Error("The emulator has no account.");
    const [original] = Object.values(space.opportunities);
    if (original === undefined) throw new Error("The sync created nothing.");
    const opportunities = { ...space.opportunities, O99: { ...original, id: "O99" } };
    world.partnerCentral.load({ ...before, spaces: { ...before.spaces, [name]: { ...space, opportunities } } });
    expect((await compare(world, [])).duplicates).toBe(1);
  });

  it("finds a record that lost its opportunity's id, and a new deal that nobody sent", async () => {
    world.crm.edit(someDeal().crmRef, { opportunityId: null });
    world.crm.create("New");
    const { lost } = await compare(world, []);
    expect(lost).toEqual([
      expect.stringContaining("does not carry the id"),
      expect.stringContaining("is not at AWS and nobody says why"),
    ]);
  });

  it("finds a change that did not arrive, and forgives one that was overwritten later", async () => {
    const { NextSteps } = world.partnerCentral.opportunities()[0]?.["LifeCycle"] as { NextSteps: string };
    expect((await compare(world, [[edit("never arrived")]])).lost).toHaveLength(1);
    expect((await compare(world, [[edit("never arrived")], [edit(NextSteps)]])).lost).toEqual([]);
  });
});
