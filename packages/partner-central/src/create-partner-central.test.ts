import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { type Failure, failureOf, type JsonObject, silentLogger, systemClock } from "@cosell/connector";
import { createPartnerCentral, type PartnerCentral, type PartnerCentralOptions, type QuotaGate } from "./index.ts";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
type Handler = (received: Received, response: ServerResponse, count: number) => void;

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function serve(handler: Handler): Promise<{ endpoint: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const one = { headers: request.headers, body: Buffer.concat(chunks).toString("utf8") };
      received.push(one);
      handler(one, response, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const ungated: QuotaGate = { acquire: async () => undefined };

function clientOf(endpoint: string, options: Partial<PartnerCentralOptions> = {}): PartnerCentral {
  const client = createPartnerCentral({
    catalog: "Sandbox",
    region: "us-east-1",
    endpoint,
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "not-a-secret" },
    gate: ungated,
    clock: systemClock,
    logger: silentLogger,
    ...options,
  });
  open.push(() => client.close());
  return client;
}

async function clientThatGets(handler: Handler, options: Partial<PartnerCentralOptions> = {}) {
  const { endpoint, received } = await serve(handler);
  return { client: clientOf(endpoint, options), received };
}

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": "r-1", ...headers });
  response.end(JSON.stringify(body));
}

async function failureIn(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    return failure;
  }
  throw new Error("It did not fail.");
}

const awsError = (status: number, type: string, more: object = {}): Handler => {
  return (_, response) => json(response, status, { __type: `com.amazonaws.partnercentralselling#${type}`, ...more });
};

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
    const { createHash } = await import("node:crypto");
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

describe("what AWS refuses", () => {
  it("becomes issues in the mapping's spelling, without the values that we sent", async () => {
    const { client } = await clientThatGets(
      awsError(400, "ValidationException", {
        Message: "Bad request",
        Reason: "REQUEST_VALIDATION_FAILED",
        ErrorList: [
          {
            FieldName: "customer.contacts.0.email",
            Message: "Jane@Example.com is not valid",
            Code: "INVALID_STRING_FORMAT",
          },
          { FieldName: "Customer.Account.Industry", Message: "required", Code: "REQUIRED_FIELD_MISSING" },
        ],
      }),
    );
    const contact = { Email: "Jane@Example.com" };
    const failure = await failureIn(
      client.createOpportunity({ ClientToken: "t", Customer: { Contacts: [contact], Account: { CompanyName: "X" } } }),
    );
    expect(failure).toMatchObject({
      kind: "invalid",
      code: "REQUEST_VALIDATION_FAILED",
      requestId: "r-1",
      issues: [
        { target: "Customer.Contacts[0].Email", code: "INVALID_STRING_FORMAT", message: "[value] is not valid" },
        { target: "Customer.Account.Industry", code: "REQUIRED_FIELD_MISSING", message: "required" },
      ],
    });
    expect(JSON.stringify(failure)).not.toContain("Jane");
  });

  it.each([
    [409, "ConflictException", "conflict"],
    [404, "ResourceNotFoundException", "missing"],
    [403, "AccessDeniedException", "permission"],
    [400, "AccessDeniedException", "permission"],
    [403, "ExpiredTokenException", "auth"],
    [403, "UnrecognizedClientException", "auth"],
    [403, "InvalidSignatureException", "auth"],
    [429, "ThrottlingException", "throttled"],
    [400, "ThrottlingException", "throttled"],
    [402, "ServiceQuotaExceededException", "quota"],
    [500, "InternalServerException", "unknown-outcome"],
    [503, "ServiceUnavailable", "unknown-outcome"],
    [400, "UnknownOperationException", "config"],
    [400, "SomethingNewException", "bug"],
  ] as const)("status %i with %s of a write is %s, and is asked once", async (status, type, kind) => {
    const { client, received } = await clientThatGets(awsError(status, type, { Message: "no" }));
    const failure = await failureIn(client.updateOpportunity("O1", {}));
    expect(failure).toMatchObject({ kind });
    expect(received).toHaveLength(1);
  });

  it("of a read that AWS fails at can be repeated", async () => {
    const { client, received } = await clientThatGets(awsError(500, "InternalServerException"));
    expect(await failureIn(client.getOpportunity("O1"))).toMatchObject({ kind: "transient" });
    expect(received).toHaveLength(1);
  });

  it.each([
    ["retry-after", "7", 7000],
    ["x-amz-retry-after", "1500", 1500],
    ["retry-after", new Date(Date.parse("2026-11-21T00:00:09Z")).toUTCString(), 9000],
  ])("says how long to wait: %s %s", async (name, value, retryAfterMs) => {
    const clock = { ...systemClock, now: () => Date.parse("2026-11-21T00:00:00Z") };
    const throttle: Handler = (_, response) =>
      json(response, 429, { __type: "ThrottlingException" }, { [name]: value });
    const { client } = await clientThatGets(throttle, { clock });
    expect(await failureIn(client.getOpportunity("O1"))).toMatchObject({ kind: "throttled", retryAfterMs });
  });

  it("is read from the header, and from `code` and `message` as well", async () => {
    const { client } = await clientThatGets((_, response, count) =>
      count === 1
        ? json(response, 400, { message: "x" }, { "x-amzn-errortype": "ResourceNotFoundException:http://internal/" })
        : json(response, 400, { code: "ConflictException" }),
    );
    expect(await failureIn(client.getOpportunity("O1"))).toMatchObject({ kind: "missing" });
    expect(await failureIn(client.getOpportunity("O1"))).toMatchObject({ kind: "conflict" });
  });
});

describe("an answer that cannot be used", () => {
  it("that is a web page says to check the endpoint", async () => {
    const { client } = await clientThatGets((_, response) => response.writeHead(404).end("<html>"));
    expect(await failureIn(client.getOpportunity("O1"))).toMatchObject({ kind: "config" });
  });

  it.each(["<html>", '{"Id":', "[]", "null"])("%s of a success: a read repeats, a write looks", async (body) => {
    const { client } = await clientThatGets((_, response) => response.writeHead(200).end(body));
    expect(await failureIn(client.getOpportunity("O1"))).toMatchObject({ kind: "transient" });
    expect(await failureIn(client.updateOpportunity("O1", {}))).toMatchObject({ kind: "unknown-outcome" });
  });

  it("without the id of what was created is not known to have worked", async () => {
    const { client } = await clientThatGets((_, response) => json(response, 200, { Id: null }));
    expect(await failureIn(client.createOpportunity({ ClientToken: "t" }))).toMatchObject({ kind: "unknown-outcome" });
  });
});

describe("a lost answer", () => {
  it.each<[string, Handler]>([
    ["reset", (_, response) => response.socket?.destroy()],
    [
      "cut in the body",
      (_, response) => {
        response.writeHead(200, { "content-length": "100" }).write('{"Id":"O1"');
        setTimeout(() => response.socket?.destroy(), 20);
      },
    ],
    ["stalled", () => undefined],
    ["stalled in the body", (_, response) => response.writeHead(200, { "content-length": "100" }).write("{")],
  ])("(%s) of a write is unknown, of a read can be repeated; nothing is sent twice", async (_, handler) => {
    const { client, received } = await clientThatGets(handler, { requestTimeoutMs: 150 });
    expect(await failureIn(client.createOpportunity({ ClientToken: "t" }))).toMatchObject({ kind: "unknown-outcome" });
    expect(await failureIn(client.getOpportunity("O1"))).toMatchObject({ kind: "transient" });
    expect(received).toHaveLength(2);
  });

  it("of a write that we stopped is unknown, of a read it is ours", async () => {
    const { client } = await clientThatGets(() => undefined);
    const stop = (): { signal: AbortSignal } => ({ signal: AbortSignal.timeout(50) });
    expect(await failureIn(client.assignOpportunity("O1", {}, stop()))).toMatchObject({ kind: "unknown-outcome" });
    expect(await failureIn(client.getOpportunity("O1", stop()))).toMatchObject({ kind: "aborted" });
  });

  it("is not lost when nobody listened: nothing was sent", async () => {
    const { endpoint } = await serve(() => undefined);
    for (const close of open.splice(0)) await close();
    const client = clientOf(endpoint);
    expect(await failureIn(client.createOpportunity({ ClientToken: "t" }))).toMatchObject({
      kind: "transient",
      code: "ECONNREFUSED",
    });
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
