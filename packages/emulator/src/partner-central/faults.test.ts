import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import {
  completeInput,
  emulatePartnerCentral,
  type EmulatedPartnerCentral,
} from "./testing/emulated-partner-central.ts";

let world: EmulatedPartnerCentral;
beforeEach(async () => {
  world = await emulatePartnerCentral();
});
afterEach(() => world.close());

const create = (options: { maxAttempts?: number; ClientToken?: string } = {}) =>
  world
    .clientOf({ maxAttempts: options.maxAttempts ?? 1 })
    .createOpportunity({ ...completeInput, ClientToken: options.ClientToken ?? "token" });
const created = () => world.partnerCentral.opportunities().length;

describe("faults as AWS's own client meets them", () => {
  it.each([
    ["throttle", "ThrottlingException", 0],
    ["server-error", "InternalServerException", 0],
    ["expired-token", "ExpiredTokenException", 0],
    ["server-error-after-commit", "InternalServerException", 1],
  ] as const)("%s gives %s", async (kind, name, count) => {
    world.faults.add({ kind, operation: "CreateOpportunity", times: 1 });
    await expect(create()).rejects.toMatchObject({ name });
    expect(created()).toBe(count);
  });

  it.each([
    ["reset-before-commit", 0],
    ["reset-after-commit", 1],
    ["truncated-body", 1],
  ] as const)("%s leaves the client without an answer", async (kind, count) => {
    world.faults.add({ kind, operation: "CreateOpportunity", times: 1 });
    await expect(create()).rejects.toThrow();
    expect(created()).toBe(count);
    expect(world.requests.since().map(({ fault }) => fault)).toEqual([kind]);
  });

  it("clock-skew refuses, and tells a time by which AWS's client signs its next try", async () => {
    world.faults.add({ kind: "clock-skew", operation: "CreateOpportunity", times: 2, skewMs: 20 * 60_000 });
    await expect(create()).rejects.toMatchObject({ name: "InvalidSignatureException" });
    expect(created()).toBe(0);
    await expect(create({ maxAttempts: 2 })).resolves.toMatchObject({ Id: expect.any(String) });
    expect(created()).toBe(1);
  });

  it("stale-read answers a read with what was true before, and does nothing to a write", async () => {
    const id = await world.draft();
    const read = () => world.client.getOpportunity({ Catalog: "Sandbox", Identifier: id });
    const { LastModifiedDate } = await read();
    world.faults.set([{ kind: "stale-read" }]);
    world.clock.advance(1000);
    await world.client.updateOpportunity({
      Catalog: "Sandbox",
      Identifier: id,
      LastModifiedDate,
      LifeCycle: { ReviewStatus: "Pending Submission" },
      Project: { Title: "Written" },
    });

    expect(await read()).toMatchObject({ LastModifiedDate, Project: { Title: completeInput.Project.Title } });
    world.faults.clear();
    expect(await read()).toMatchObject({ Project: { Title: "Written" } });
  });

  it("a retry after a lost answer finds its own create by the token", async () => {
    world.faults.add({ kind: "reset-after-commit", times: 1 });
    await expect(create({ maxAttempts: 2 })).resolves.toMatchObject({ Id: expect.any(String) });
    expect(created()).toBe(1);
    expect(world.requests.since()).toHaveLength(2);
  });

  it("a retry of an update after a lost answer meets a conflict, though the update was made", async () => {
    const id = await world.draft();
    const { LastModifiedDate } = await world.client.getOpportunity({ Catalog: "Sandbox", Identifier: id });
    world.faults.add({ kind: "reset-after-commit", operation: "UpdateOpportunity", times: 1 });

    const update = world.clientOf({ maxAttempts: 2 }).updateOpportunity({
      Catalog: "Sandbox",
      Identifier: id,
      LastModifiedDate,
      LifeCycle: { ReviewStatus: "Pending Submission" },
      Project: { Title: "Written" },
    });

    await expect(update).rejects.toMatchObject({ name: "ConflictException" });
    const { Project } = await world.client.getOpportunity({ Catalog: "Sandbox", Identifier: id });
    expect(Project?.Title).toBe("Written");
  });
});
