import { Secret } from "@cosell/connector";
import { connectorConformance, type ConformanceWorld } from "@cosell/connector/testing";
import { pipedriveEventBody } from "@cosell/emulator";
import { describe, it } from "@jest/globals";
import { config } from "./config.ts";
import { pipedrive } from "./index.ts";
import { apiToken, startEmulatedCompany } from "./__fixtures__/emulated-company.ts";
import { recordedErrors } from "./__fixtures__/recorded-errors.ts";

async function pipedriveWorld(): Promise<ConformanceWorld> {
  const { company, connection, clock, advance, close, connect, emulators } = await startEmulatedCompany();
  const organization = company.create("organizations", { name: "Octank" });
  const { url } = emulators.pipedrive;
  const sentAt = Date.UTC(2026, 2, 2, 9, 30);
  const told = company.create("deals", { title: "Told" });
  const [record] = company.records("deals");
  if (!record) throw new Error("the deal is not there");
  const body = pipedriveEventBody(
    company.companyId,
    "deal",
    { action: "change", object: "deals", record, source: "app" },
    sentAt,
  );
  const password = "webhook s3cret";
  const headers = { authorization: `Basic ${Buffer.from(`cosell:${password}`).toString("base64")}` };
  const request = { method: "POST", url: "https://cosell.example.com/webhooks/crm", headers };
  company.remove("deals", told);
  return {
    connection,
    object: "deals",
    textField: "title",
    newRecord: { org_id: organization },
    missingRef: "999999999",
    address: url,
    open: (context, address = url) =>
      connect({ instanceUrl: address, apiToken: new Secret(apiToken), timeoutSeconds: 1 }, context),
    openRefused: () => connect({ apiToken: new Secret("stolen token") }),
    secretValues: [apiToken, "stolen token"],
    throttledAnswer: {
      status: 429,
      headers: { "x-ratelimit-limit": "20", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2" },
      body: '{"success":false,"error":"request over limit","code":429}',
      retryAfterMs: 2000,
    },
    recordedErrors,
    picklist: { field: "aws_use_case", value: "Migration/Database Migration" },
    loseCursor: async () => advance(31 * 24 * 3_600_000),
    related: {
      path: "organization.name",
      change: async () => company.edit("organizations", organization, { name: "Octank Group" }),
    },
    webhook: {
      config: config.parse({
        ...{ instanceUrl: url, apiToken: new Secret(apiToken) },
        ...{ webhookUser: "cosell", webhookPassword: new Secret(password) },
      }),
      sentAt,
      genuine: { ...request, body: new TextEncoder().encode(JSON.stringify(body)) },
      changes: [{ kind: "upsert", object: "deals", ref: String(told) }],
      malformed: { ...request, body: new TextEncoder().encode('{"meta":') },
    },
    create: async ({ aws_opportunity_id: id, ...fields }) =>
      String(
        company.create("deals", {
          ...fields,
          ...(id !== undefined && { custom_fields: { [company.keyOf("deals", "AWS Opportunity Id")]: id } }),
        }),
      ),
    update: async (ref, { aws_opportunity_id: id, ...fields }) =>
      company.edit("deals", Number(ref), {
        ...fields,
        ...(id !== undefined && { custom_fields: { [company.keyOf("deals", "AWS Opportunity Id")]: id } }),
      }),
    remove: async (ref) => company.remove("deals", Number(ref)),
    now: () => clock.now(),
    settle: async () => advance(5000),
    close,
  };
}

describe("Pipedrive keeps the contract", () => {
  connectorConformance({ it, connector: pipedrive, makeWorld: pipedriveWorld });
});
