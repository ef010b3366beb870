import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { failureOf, silentLogger, systemClock } from "@cosell/connector";
import { createPartnerCentral, type PartnerCentral } from "@cosell/partner-central";
import { operationOf, services } from "@cosell/partner-central/model";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

const root = join(import.meta.dirname, "../..");
const workflowSources = join(root, "packages/partner-central/src/workflows");

interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Condition?: unknown;
}

/** The operations that workflows name. */
function operationsInTheCode(): readonly string[] {
  const text = readdirSync(workflowSources, { encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .map((path) => readFileSync(join(workflowSources, path), "utf8"))
    .join("\n");
  // What a member is checked like is no call.
  const calls = text.replaceAll(/like(?:\(|: \{ operation: )"\w+"/g, "");
  const known = [...services.selling.operationNames, ...services.account.operationNames];
  return [...new Set(known)].filter((name) => calls.includes(`"${name}"`));
}

/** Verifications belong to no catalog, so a condition on it would never hold. */
const hasCatalog = (action: string): boolean => {
  const name = action.slice("partnercentral:".length);
  const members = (operationOf(name) ?? operationOf(name, "account"))?.input;
  return members?.some(({ path }) => path === "Catalog") === true;
};

describe("the policy for workflows in docs/deploy", () => {
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

  it("allows exactly what workflows call, in the Sandbox, and what AWS does in the caller's name", async () => {
    const operations = operationsInTheCode();
    expect(operations).toEqual(expect.arrayContaining(["CreateEngagement", "CreatePartner", "UpdateOpportunity"]));
    const needed = new Set<string>();
    for (const name of operations) {
      const failure = failureOf(await client.call(name, {}).catch((error: unknown) => error));
      for (const action of failure?.message.match(/partnercentral:[A-Za-z]+/g) ?? []) needed.add(action);
    }
    const actions = [...needed].toSorted();
    const policy = JSON.parse(readFileSync(join(root, "docs/deploy/iam-policy-workflows.json"), "utf8")) as {
      readonly Statement: readonly Statement[];
    };
    expect(policy.Statement.map(({ Action }) => Action)).toEqual([
      actions.filter(hasCatalog),
      actions.filter((action) => !hasCatalog(action)),
    ]);
    expect(policy.Statement.map(({ Effect, Condition }) => ({ Effect, Condition }))).toEqual([
      { Effect: "Allow", Condition: { StringEquals: { "partnercentral:Catalog": "Sandbox" } } },
      { Effect: "Allow", Condition: undefined },
    ]);
  });
});
