import { createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "@jest/globals";
import type { JsonObject } from "@cosell/connector";
import type { QuotaGate } from "./index.ts";
import { awsError, clientOf, clientThatGets, closeAll, failureIn, json, serve } from "./testing/aws-in-place.ts";

afterEach(closeAll);

describe("what goes out", () => {
  it("is the JSON that was given, nulls and unknown members and raw timestamps kept, signed as sent", async () => {
    const { client, received } = await clientThatGets((_, response) =>
      json(response, 200, { Id: "O1", LastModifiedDate: "2026-11-21T01:02:03Z" }),
    );
    const body = {
      LastModifiedDate: "2026-11-21T01:02:03.368914936Z",
      Project: { ExpectedContractDuration: null, AddedByAwsLater: { a: [1, null] }, Title: "Ærø – 数据" },
      PrimaryNeedsFromAws: [],
    };
    await client.updateOpportunity("O1", body);
    const [request] = received;
    expect(JSON.parse(request?.body ?? "")).toEqual({ ...body, Identifier: "O1", Catalog: "Sandbox" });
    expect(request?.headers["x-amz-target"]).toBe("AWSPartnerCentralSelling.UpdateOpportunity");
    expect(request?.headers["content-type"]).toBe("application/x-amz-json-1.0");
    expect(request?.headers["content-length"]).toBe(String(Buffer.byteLength(request?.body ?? "")));
    expect(request?.headers["authorization"]).toContain("/us-east-1/partnercentral-selling/aws4_request");
    expect(request?.headers["x-amz-content-sha256"]).toBe(
      createHash("sha256")
        .update(request?.body ?? "")
        .digest("hex"),
    );
  });

  it("never leaves the client's catalog", async () => {
    const { client, received } = await clientThatGets((_, response) => json(response, 200, {}));
    await client.call("GetOpportunity", { Catalog: "AWS", Identifier: "O1" });
    expect(JSON.parse(received[0]?.body ?? "")).toEqual({ Catalog: "Sandbox", Identifier: "O1" });
  });

  it("passes the gate with operation, priority and signal, and is counted", async () => {
    const passed: unknown[] = [];
    const gate: QuotaGate = {
      acquire: async (operation, options) => {
        passed.push([operation, options?.priority]);
        return undefined;
      },
    };
    const { client } = await clientThatGets((_, response) => json(response, 200, {}), { gate });
    await client.getOpportunity("O1", { priority: "urgent" });
    await client.assignOpportunity("O1", { Email: "a@example.com" });
    expect(passed).toEqual([
      ["GetOpportunity", "urgent"],
      ["AssignOpportunity", undefined],
    ]);
    expect(client.calls).toEqual({ reads: 1, writes: 1 });
  });
});

describe("what comes back", () => {
  it("is the JSON that AWS sent: unknown members, nulls and nanoseconds kept", async () => {
    const answer = {
      Id: "O1",
      LastModifiedDate: "2025-12-15T23:33:00.514936172Z",
      SoftwareRevenue: null,
      AddedByAwsLater: { Deep: [{ x: 1.5 }, null] },
      CreatedDate: 12345,
    };
    const { client } = await clientThatGets((_, response) => json(response, 200, answer));
    expect(await client.getOpportunity("O1")).toEqual(answer);
  });

  it("has AWS's double encoding undone, and nothing else", async () => {
    const { client } = await clientThatGets((_, response) =>
      json(response, 200, { a: "Business Applications&amp;colon; Mainframe", b: ["R&amp;D", "x &lt; y", "&colon;"] }),
    );
    expect(await client.getOpportunity("O1")).toEqual({
      a: "Business Applications: Mainframe",
      b: ["R&D", "x &lt; y", "&colon;"],
    });
  });

  it("may be empty", async () => {
    const { client } = await clientThatGets((_, response) => response.writeHead(200, { "content-length": "0" }).end());
    expect(await client.call("SubmitOpportunity", {})).toEqual({});
  });

  it("is paged until there is no token, oldest first", async () => {
    const { client, received } = await clientThatGets((_, response, count) =>
      json(response, 200, { OpportunitySummaries: [{ Id: `O${count}` }], NextToken: count < 3 ? `t${count}` : null }),
    );
    const ids: unknown[] = [];
    for await (const page of client.listOpportunities({ after: "2026-11-21T01:02:03.123Z" })) {
      ids.push(...page.map(({ Id }) => Id));
    }
    expect(ids).toEqual(["O1", "O2", "O3"]);
    expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({
      Sort: { SortBy: "LastModifiedDate", SortOrder: "ASCENDING" },
      LastModifiedDate: { AfterLastModifiedDate: "2026-11-21T01:02:03.123Z" },
    });
    expect(received.map(({ body }) => (JSON.parse(body) as JsonObject)["NextToken"])).toEqual([undefined, "t1", "t2"]);
  });

  it("gives the newest task, also when only nanoseconds or the number of digits differ", async () => {
    const { client, received } = await clientThatGets((_, response) =>
      json(response, 200, {
        TaskSummaries: [
          { TaskId: "b", StartTime: "2026-11-21T01:02:03.100000001Z" },
          { TaskId: "c", StartTime: "2026-11-21T01:02:03.100000002Z" },
          { TaskId: "a", StartTime: "2026-11-21T01:02:03Z" },
        ],
      }),
    );
    expect(await client.engagementTask("O1")).toMatchObject({ TaskId: "c" });
    expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({ OpportunityIdentifier: ["O1"] });
  });

  it("takes an association that is there already for done", async () => {
    const { client } = await clientThatGets(awsError(409, "ConflictException"));
    await expect(client.associateOpportunity("O1", "Solutions", "S-1")).resolves.toBeUndefined();
  });
});

describe("a call that cannot be made", () => {
  it("without credentials says how to get some", async () => {
    const kept = { ...process.env };
    for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, {
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/nowhere/config",
      AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials",
    });
    try {
      const { endpoint, received } = await serve(() => undefined);
      const client = clientOf(endpoint, { credentials: undefined });
      const failure = await failureIn(client.createOpportunity({ ClientToken: "t" }));
      expect(failure).toMatchObject({ kind: "auth" });
      expect(failure.message).toContain("AWS_PROFILE");
      expect(received).toHaveLength(0);
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in kept)) Reflect.deleteProperty(process.env, name);
      Object.assign(process.env, kept);
    }
  });

  it("to an endpoint that is no address is a matter of configuration", async () => {
    expect(await failureIn(Promise.resolve().then(() => clientOf("not an address")))).toMatchObject({ kind: "config" });
  });

  it("by a name that is none is never sent", async () => {
    const { client, received } = await clientThatGets((_, response) => json(response, 200, {}));
    expect(await failureIn(client.call("Get\r\nx: y", {}))).toMatchObject({ kind: "config" });
    expect(received).toHaveLength(0);
  });
});
