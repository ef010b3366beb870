import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { failureOf, silentLogger, systemClock } from "@cosell/connector";
import { createPartnerCentral, parseEvent, type PartnerCentral } from "@cosell/partner-central";
import { operationNames } from "@cosell/partner-central/model";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

const root = join(import.meta.dirname, "../..");
const template = (name: string): unknown => JSON.parse(readFileSync(join(root, "docs/deploy", name), "utf8"));

interface Policy {
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Action: readonly string[];
    readonly Condition: unknown;
  }[];
}

/** Every typed call of the client, once, with enough to be sent. */
const calls: Readonly<Record<string, (client: PartnerCentral) => Promise<unknown>>> = {
  createOpportunity: (client) => client.createOpportunity({ ClientToken: "t" }),
  getOpportunity: (client) => client.getOpportunity("O1"),
  updateOpportunity: (client) => client.updateOpportunity("O1", {}),
  associateOpportunity: (client) => client.associateOpportunity("O1", "Solutions", "S-1"),
  disassociateOpportunity: (client) => client.disassociateOpportunity("O1", "Solutions", "S-1"),
  assignOpportunity: (client) => client.assignOpportunity("O1", {}),
  getAwsOpportunitySummary: (client) => client.getAwsOpportunitySummary("O1"),
  startEngagementFromOpportunityTask: (client) =>
    client.startEngagementFromOpportunityTask({ Identifier: "O1", ClientToken: "t", AwsSubmission: {} }),
  engagementTask: (client) => client.engagementTask("O1"),
  listOpportunities: (client) => firstOf(client.listOpportunities({})),
  listSolutions: (client) => firstOf(client.listSolutions()),
};

async function firstOf(pages: AsyncIterable<unknown>): Promise<unknown> {
  return pages[Symbol.asyncIterator]().next();
}

/** What the engine, and the command where it syncs and checks, call: by the client's methods, or by an operation's name. */
function callsInTheCode(): { readonly methods: readonly string[]; readonly operations: readonly string[] } {
  const text = ["packages/engine/src", "packages/cli/src/session", "packages/cli/src/mapping"]
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
        .map((path) => readFileSync(join(root, folder, path), "utf8")),
    )
    .join("\n");
  return {
    methods: Object.keys(calls).filter((method) => new RegExp(`\\.${method}\\b`).test(text)),
    operations: operationNames.filter((name) => text.includes(`"${name}"`)),
  };
}

describe("the templates in docs/deploy", () => {
  // AWS's refusal names the operation, and the client's message every action that would have to be granted.
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(403, { "content-type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify({ __type: "AccessDeniedException", Message: "no" }));
    });
  });
  let client: PartnerCentral;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    client = createPartnerCentral({
      catalog: "Sandbox",
      region: "us-east-1",
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "not-a-secret" },
      gate: { acquire: async () => undefined },
      clock: systemClock,
      logger: silentLogger,
    });
  });
  afterAll(async () => {
    client.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const actionsOf = async (call: Promise<unknown>): Promise<readonly string[]> => {
    const failure = failureOf(await call.catch((error: unknown) => error));
    return failure?.message.match(/partnercentral:[A-Za-z]+/g) ?? [];
  };

  it("know every call of the client", () => {
    const others = ["catalog", "calls", "call", "close"];
    expect(Object.keys(client).filter((name) => !others.includes(name))).toEqual(Object.keys(calls));
  });

  it("allow exactly what is called, and what AWS does in the caller's name", async () => {
    const { methods, operations } = callsInTheCode();
    expect(methods).toContain("updateOpportunity");
    const needed = new Set<string>();
    for (const method of methods) {
      for (const action of await actionsOf(calls[method]?.(client) ?? Promise.resolve())) needed.add(action);
    }
    for (const name of operations) for (const action of await actionsOf(client.call(name, {}))) needed.add(action);
    const { Statement } = template("iam-policy.json") as Policy;
    expect(Statement.map(({ Action }) => Action)).toEqual([[...needed].toSorted()]);
  });

  it("stay in the Sandbox, and name operations that there are", () => {
    const { Statement } = template("iam-policy.json") as Policy;
    for (const { Action, Condition, Effect } of Statement) {
      expect({ Condition, Effect }).toEqual({
        Condition: { StringEquals: { "partnercentral:Catalog": "Sandbox" } },
        Effect: "Allow",
      });
      expect(Action.filter((name) => !operationNames.includes(name.slice("partnercentral:".length)))).toEqual([]);
    }
  });

  it("catch what Cosell reads as an event, whatever its type", () => {
    const { EventPattern, State } = template("eventbridge-rule.json") as Readonly<Record<string, string>>;
    const pattern = JSON.parse(EventPattern ?? "") as { readonly source: readonly string[] };
    expect({ State, members: Object.keys(pattern) }).toEqual({ State: "ENABLED", members: ["source"] });
    for (const source of pattern.source) {
      expect(parseEvent({ source, "detail-type": "Something New", detail: {} })?.source).toBe(source);
    }
  });
});
