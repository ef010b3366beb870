import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Connection } from "@jsforce/jsforce-node";
import { startTestOrg, type TestOrg } from "../testing/test-org.ts";

let org: TestOrg;
let connection: Connection;

beforeEach(async () => {
  org = await startTestOrg();
  connection = new Connection(org.connection);
});

afterEach(() => org.close());

const minute = 60_000;

describe("getUpdated and getDeleted", () => {
  it("tell what changed and what went in a window of whole minutes", async () => {
    const kept = org.salesforce.create("Account", { Name: "Acme" });
    const gone = org.salesforce.create("Account", { Name: "Other" });
    org.clock.advance(minute);
    org.salesforce.remove("Account", gone);
    org.clock.advance(minute);
    const [start, end] = ["2026-03-02T09:30:59.000Z", "2026-03-02T09:32:10.000Z"];

    expect(await connection.sobject("Account").updated(start, end)).toEqual({
      ...{ ids: [kept], latestDateCovered: "2026-03-02T09:32:00.000+0000" },
    });
    expect(await connection.sobject("Account").deleted(start, end)).toEqual({
      deletedRecords: [{ id: gone, deletedDate: "2026-03-02T09:31:15.250+0000" }],
      earliestDateAvailable: "2026-01-31T09:32:00.000+0000",
      latestDateCovered: "2026-03-02T09:32:00.000+0000",
    });
  });

  it.each([
    ["more than 30 days ago", "2026-01-01T00:00:00.000Z", "2026-03-02T00:00:00.000Z"],
    ["within one minute", "2026-03-02T09:30:01.000Z", "2026-03-02T09:30:59.000Z"],
    ["backwards", "2026-03-02T09:30:00.000Z", "2026-03-01T09:30:00.000Z"],
  ])("refuse a window %s", async (_, start, end) => {
    const refused = { errorCode: "INVALID_REPLICATION_DATE" };

    await expect(connection.sobject("Account").updated(start, end)).rejects.toMatchObject(refused);
    await expect(connection.sobject("Account").deleted(start, end)).rejects.toMatchObject(refused);
  });
});
