import { operationOf, services, type Service } from "@cosell/partner-central/model";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { once } from "node:events";
import { connect } from "node:net";
import {
  api,
  attempt,
  type Attempt,
  aws,
  awsAttempts,
  bodies,
  callAttempt,
  harm,
  limitMs,
  salesforceCalls,
  sqsOperations,
  values,
} from "./__fixtures__/hostile-input.ts";
import { adminRoutes } from "./admin/routes.ts";
import { manualClock } from "./kernel/index.ts";
import { startEmulators, type RunningEmulators } from "./start.ts";

let world: RunningEmulators;
beforeAll(async () => {
  world = await startEmulators({ clock: manualClock(Date.parse("2026-01-15T09:00:00Z")), requestTimeoutMs: 1000 });
});
afterAll(() => world.close());

function sqsAttempt(operation: string, body: Attempt["body"]): Attempt {
  const headers = { ...aws("sqs"), "x-amz-target": `AmazonSQS.${operation}` };
  return { url: world.sqs.url, headers, ...(body !== undefined && { body }) };
}

const salesforceHeaders = () => ({ authorization: `Bearer ${world.salesforce.settings().accessTokens[0] ?? ""}` });

describe("bodies that nobody should send", () => {
  it.each(Object.entries(bodies))(
    "%s: every operation of every server answers, and with no failure of its own",
    async (_, body) => {
      const wrong = await harm([
        ...awsAttempts(world.partnerCentralSelling.url, services.selling, body),
        ...awsAttempts(world.partnerCentralAccount.url, services.account, body),
        ...Object.keys(sqsOperations).map((operation) => sqsAttempt(operation, body)),
        ...salesforceCalls.map((call) => callAttempt(world.salesforce.url, call, body, salesforceHeaders())),
        ...Object.keys(adminRoutes).map((call) => callAttempt(world.admin.url, call, body)),
      ]);
      expect(wrong).toEqual([]);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
  );
});

describe("members of the wrong kind, and texts made to be slow", () => {
  /** An input as the model shapes it, with one value in every place that is no structure: every pattern meets it. */
  function filled(model: Service["model"], name: string, value: string, depth = 0): string {
    const shape = depth > 8 ? undefined : model.shapes[name];
    const inner = (next: string): string => filled(model, next, value, depth + 1);
    if (shape?.type === "list") return `[${inner(shape.item)}]`;
    if (shape?.type !== "structure") return value;
    return `{${Object.entries(shape.members)
      .map(([member, next]) => `"${member}":${member === "Catalog" ? '"Sandbox"' : inner(next)}`)
      .join(",")}}`;
  }
  /** The same value for every member of the input, whatever it should be. */
  function flat({ shapes }: Service["model"], name: string, value: string): string {
    const shape = shapes[name];
    const members = shape?.type === "structure" ? Object.keys(shape.members) : [];
    return `{"Catalog":"Sandbox",${members.map((member) => `"${member}":${value}`).join(",")}}`;
  }

  it.each([
    ["selling", () => world.partnerCentralSelling.url],
    ["account", () => world.partnerCentralAccount.url],
  ] as const)("in the %s API", async (name, url) => {
    const { model } = services[name];
    const attempts = Object.entries(model.operations).flatMap(([operation, { input }]) =>
      values.flatMap((value) =>
        [filled(model, input, value), flat(model, input, value)].map((body) => ({
          url: `${url()}/${operation}`,
          body,
        })),
      ),
    );
    expect(await harm(attempts)).toEqual([]);
  });

  it("in SQS", async () => {
    const queue = JSON.stringify(world.sqs.queueUrl);
    const attempts = Object.entries(sqsOperations).flatMap(([operation, members]) =>
      members.flatMap((member) =>
        values.flatMap((value) => [
          sqsAttempt(operation, `{"QueueUrl":${queue},"QueueName":"q","MessageBody":"b","${member}":${value}}`),
          sqsAttempt(
            operation,
            `{"QueueUrl":${queue},"Entries":[{"Id":"a","MessageBody":${value},"ReceiptHandle":${value}}]}`,
          ),
        ]),
      ),
    );
    expect(await harm(attempts)).toEqual([]);
  });

  it("in Salesforce", async () => {
    const members = ["Name", "Amount", "CloseDate", "AccountId", "attributes", "Id", "records", "ids", "fields"];
    const outer = ["compositeRequest", "allOrNone", "records", "ids", "fields", "collateSubrequests"];
    const queries = [
      "SELECT Id FROM Account WHERE " + "(".repeat(5000),
      "SELECT Id FROM Account WHERE " + "(".repeat(2000) + "Name = 'x'" + ")".repeat(2000),
      "SELECT Id FROM Account WHERE " + "NOT ".repeat(2000) + "Name = 'x'",
      `SELECT Id FROM Account WHERE Name LIKE '${"%a".repeat(2000)}b'`,
      "SELECT __proto__ FROM constructor",
      "SELECT Id FROM Account WHERE CreatedDate > 9999999999-99-99T99:99:99Z",
      `SELECT Id FROM Account LIMIT ${"9".repeat(400)}`,
      "\u0000",
      `SELECT ${"a.".repeat(3000)}b FROM Account`,
    ];
    world.salesforce.create("Account", { Name: "a".repeat(200) });
    const wrong = await harm([
      ...queries.map((query) =>
        callAttempt(
          world.salesforce.url,
          `GET ${api(` /query?q=${encodeURIComponent(query)}`).trim()}`,
          undefined,
          salesforceHeaders(),
        ),
      ),
      ...salesforceCalls.flatMap((call) =>
        values.flatMap((value) =>
          [
            `{${members.map((member) => `"${member}":${value}`).join(",")}}`,
            ...outer.map((member) => `{"${member}":[${value}]}`),
          ].map((body) => callAttempt(world.salesforce.url, call, body, salesforceHeaders())),
        ),
      ),
      ...values.map((value) =>
        callAttempt(
          world.salesforce.url,
          "POST /services/oauth2/token",
          `grant_type=${encodeURIComponent(value)}&assertion=${encodeURIComponent(value)}`,
          { "content-type": "application/x-www-form-urlencoded" },
        ),
      ),
    ]);
    expect(wrong).toEqual([]);
  });

  it("in the admin face, after which the world still answers", async () => {
    const members = [
      "partnerCentralSelling",
      "partnerCentralAccount",
      "events",
      "sqs",
      "salesforce",
      "deals",
      "seed",
      "asOf",
    ];
    const more = [
      "opportunity",
      "lead",
      "status",
      "account",
      "server",
      "object",
      "id",
      "fields",
      "advance",
      "set",
      "accounts",
    ];
    const routes = Object.keys(adminRoutes).filter((route) => !route.startsWith("GET "));
    const wrong = await harm(
      routes.flatMap((call) =>
        values
          .slice(0, 16)
          .flatMap((value) =>
            [...members, ...more].map((member) => callAttempt(world.admin.url, call, `{"${member}":${value}}`)),
          ),
      ),
    );
    expect(wrong).toEqual([]);
    const body = { Catalog: "Sandbox", ClientToken: "one" };
    const created = await attempt({
      url: `${world.partnerCentralSelling.url}/CreateOpportunity`,
      body: JSON.stringify(body),
    });
    const { Id: id } = JSON.parse(created.text) as { Id: string };
    const edits = (["Opportunity", "AwsOpportunitySummary"] as const).flatMap((object) => {
      const operation = object === "Opportunity" ? "GetOpportunity" : "GetAwsOpportunitySummary";
      const paths = [...(operationOf(operation)?.output ?? []).map(({ path }) => path), "__proto__", "constructor.x"];
      return paths.flatMap((path) =>
        values.slice(0, 12).map((value) => ({
          url: `${world.admin.url}/edit`,
          body: `{"server":"partnerCentralSelling","object":"${object}","id":"${id}","fields":{"${path}":${value}}}`,
        })),
      );
    });
    expect(await harm(edits)).toEqual([]);
    const after = await harm([
      ...["GetOpportunity", "UpdateOpportunity", "SubmitOpportunity", "AssociateOpportunity", "AssignOpportunity"].map(
        (operation) => ({
          url: `${world.partnerCentralSelling.url}/${operation}`,
          body: JSON.stringify({ Catalog: "Sandbox", Identifier: id, OpportunityIdentifier: id }),
        }),
      ),
      {
        url: `${world.partnerCentralSelling.url}/GetAwsOpportunitySummary`,
        body: JSON.stringify({ Catalog: "Sandbox", RelatedOpportunityIdentifier: id }),
      },
      { url: `${world.partnerCentralSelling.url}/ListOpportunities`, body: '{"Catalog":"Sandbox"}' },
      { url: `${world.admin.url}/state`, method: "GET" },
      { url: `${world.admin.url}/settings`, method: "GET" },
      { url: `${world.admin.url}/events`, method: "GET" },
    ]);
    expect(after).toEqual([]);
  });
});

describe("addresses and methods that are none", () => {
  it("are refused by every server", async () => {
    const urls = [
      world.partnerCentralSelling.url,
      world.partnerCentralAccount.url,
      world.sqs.url,
      world.salesforce.url,
      world.admin.url,
    ];
    const paths = [
      "//",
      "/%",
      "/%00",
      "/__proto__",
      "/constructor",
      "/..%2f..%2fetc/passwd",
      "/?a[__proto__]=1",
      `/${"a".repeat(8000)}`,
    ];
    const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    for (const url of urls) {
      const attempts = paths.flatMap((path) => methods.map((method) => ({ url: url + path, method })));
      expect(await harm(attempts)).toEqual([]);
      const { status } = await attempt({ url: `${url}/nothing/here` });
      expect(status).toBeGreaterThanOrEqual(400);
    }
  });
});

describe("a body beyond all measure", () => {
  const huge = "x".repeat(20 * 1024 * 1024);

  it.each([
    ["Selling", () => `${world.partnerCentralSelling.url}/CreateOpportunity`, /RequestEntityTooLarge/],
    ["Account", () => `${world.partnerCentralAccount.url}/GetPartner`, /RequestEntityTooLarge/],
    ["SQS", () => world.sqs.url, /RequestEntityTooLarge/],
    ["Salesforce", () => `${world.salesforce.url}/services/data/v66.0/sobjects/Account`, /EXCEEDED_MAX_SIZE_REQUEST/],
  ])("is refused by %s with 413, in its own words", async (_, url, words) => {
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => attempt({ url: url(), body: huge, headers: salesforceHeaders() })),
    );
    expect(answers.map(({ status }) => status)).toEqual([413, 413, 413]);
    expect(answers[0]?.text).toMatch(words);
  });

  it("is refused too when it comes in pieces that nobody has counted", async () => {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (let count = 0; count < 20; count++) yield Buffer.alloc(1024 * 1024, "x");
    }
    const response = await fetch(`${world.partnerCentralSelling.url}/CreateOpportunity`, {
      method: "POST",
      body: pieces(),
      duplex: "half",
      signal: AbortSignal.timeout(limitMs),
    });
    expect(response.status).toBe(413);
  });
});

describe("connections", () => {
  const portOf = (url: string): number => Number(new URL(url).port);

  it("that send without end are closed", async () => {
    const slow = async (url: string): Promise<void> => {
      const socket = connect(portOf(url), "127.0.0.1");
      let text = "";
      socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
      socket.on("error", () => undefined);
      socket.write("POST /CreateOpportunity HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{");
      const drip = setInterval(() => socket.write(" "), 100);
      await once(socket, "close", { signal: AbortSignal.timeout(limitMs) });
      clearInterval(drip);
      expect(text).toMatch(/^(HTTP\/1\.1 408|$)/);
    };
    const { partnerCentralSelling, partnerCentralAccount, sqs, salesforce, hubspot, admin } = world;
    await Promise.all(
      [partnerCentralSelling, partnerCentralAccount, sqs, salesforce, hubspot, admin].map(({ url }) => slow(url)),
    );
  });

  it("that end midway, two thousand of them, leave a server that answers", async () => {
    const port = portOf(world.partnerCentralSelling.url);
    const open = async (index: number): Promise<void> => {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => undefined);
      await once(socket, "connect");
      if (index % 2 === 0) socket.write("POST /ListOpportunities HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
      else
        socket.write('POST /ListOpportunities HTTP/1.1\r\nHost: x\r\nContent-Length: 21\r\n\r\n{"Catalog":"Sandbox"}');
      socket.destroy();
      await once(socket, "close");
    };
    for (let wave = 0; wave < 10; wave++) await Promise.all(Array.from({ length: 200 }, (_, index) => open(index)));
    const { status } = await attempt({
      url: `${world.partnerCentralSelling.url}/ListOpportunities`,
      body: '{"Catalog":"Sandbox"}',
    });
    expect(status).toBe(200);
  });

  it("that speak no HTTP are answered with 400", async () => {
    const socket = connect(portOf(world.admin.url), "127.0.0.1");
    let text = "";
    socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
    socket.write("\u0000\u0001\u0002 nonsense\r\n\r\n");
    await once(socket, "close", { signal: AbortSignal.timeout(limitMs) });
    expect(text).toMatch(/^HTTP\/1\.1 400/);
  });
});
