import * as sdk from "@aws-sdk/client-partnercentral-selling";
import { silentLogger, systemClock } from "@cosell/connector";
import { afterEach, describe, expect, it } from "@jest/globals";
import {
  createPartnerCentralSelling,
  type PartnerCentralSelling,
  type SellingInput,
  type SellingList,
  type SellingOperation,
} from "../index.ts";
import { listMemberOf, operationNames } from "../model/index.ts";
import { closeAll, failureIn, json, serve, type Handler } from "../testing/aws-in-place.ts";

const open: PartnerCentralSelling[] = [];
afterEach(async () => {
  for (const client of open.splice(0)) client.close();
  await closeAll();
});

async function clientThatGets(handler: Handler) {
  const { endpoint, received } = await serve(handler);
  const client = createPartnerCentralSelling({
    catalog: "Sandbox",
    region: "us-east-1",
    endpoint,
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "not-a-secret" },
    gate: { acquire: async () => undefined },
    clock: systemClock,
    logger: silentLogger,
  });
  open.push(client);
  return { client, received };
}

describe("the typed client of the Selling API", () => {
  it("has a type for every operation, since the SDK has a command for it", () => {
    const commands = Object.keys(sdk).filter((name) => name.endsWith("Command") && name !== "$Command");
    expect(commands.map((name) => name.replace(/Command$/, "")).toSorted()).toEqual(operationNames.toSorted());
  });

  it("sends what AWS takes beyond its own types: a total contract value, and null to leave it", async () => {
    const { client, received } = await clientThatGets((_, response) => json(response, 200, { Id: "O1" }));
    const spend = { Amount: "1.00", CurrencyCode: "USD", Frequency: "None", TargetCompany: "Self" } as const;
    const { Id } = await client.call("CreateOpportunity", {
      ClientToken: "one",
      Project: { ExpectedCustomerSpend: [spend], ExpectedContractDuration: null },
    });
    expect(Id).toBe("O1");
    expect(received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      {
        Catalog: "Sandbox",
        ClientToken: "one",
        Project: { ExpectedCustomerSpend: [spend], ExpectedContractDuration: null },
      },
    ]);
  });

  it("reads instants as texts with every digit, keeps nulls, and decodes entities", async () => {
    const sent = { Id: "eng-1", ModifiedAt: "2026-11-21T01:02:03.123456789Z", Title: "A &amp; B", Description: null };
    const { client } = await clientThatGets((_, response) => json(response, 200, sent));
    const { ModifiedAt, Title } = await client.call("GetEngagement", { Identifier: "eng-1" });
    const instant: string | null | undefined = ModifiedAt;
    expect({ instant, Title }).toEqual({ instant: sent.ModifiedAt, Title: "A & B" });
  });

  const lists = operationNames.filter((name) => listMemberOf(name) !== undefined);
  it("knows the lists that come in pages", () => expect(lists).toHaveLength(12));

  it.each(lists)("walks the pages of %s", async (name) => {
    const member = listMemberOf(name) ?? "";
    const { client, received } = await clientThatGets((_, response, count) =>
      json(response, 200, { [member]: [{ Id: `${count}` }], NextToken: count === 1 ? "next" : null }),
    );
    const ids: unknown[] = [];
    for await (const page of client.pages(name as SellingList, {})) {
      ids.push(...page.map((item) => (item as { Id: string }).Id));
    }
    expect(ids).toEqual(["1", "2"]);
    expect(received.map(({ body }) => (JSON.parse(body) as { NextToken?: string }).NextToken)).toEqual([
      undefined,
      "next",
    ]);
  });

  it("gives the items of a list their type", async () => {
    const { client } = await clientThatGets((_, response) =>
      json(response, 200, { SolutionSummaries: [{ Id: "S-1", Name: "Cloud" }] }),
    );
    for await (const page of client.pages("ListSolutions", { MaxResults: 5 })) {
      const names: readonly (string | null | undefined)[] = page.map(({ Name }) => Name);
      expect(names).toEqual(["Cloud"]);
    }
  });

  it("takes, by its types, what AWS takes", async () => {
    type Takes<Name extends SellingOperation, Value> = Value extends SellingInput<Name> ? true : false;
    type Of<Stage> = { readonly ClientToken: string; readonly LifeCycle: { readonly Stage: Stage } };
    interface Engagement {
      readonly Title: string;
      readonly Description: string;
    }
    const qualified: Takes<"CreateOpportunity", Of<"Qualified">> = true;
    const nowhere: Takes<"CreateOpportunity", Of<"Nowhere">> = false;
    const withToken: Takes<"CreateEngagement", Engagement & { readonly ClientToken: string }> = true;
    const withoutToken: Takes<"CreateEngagement", Engagement> = false;
    const coffee: "GetCoffee" extends SellingOperation ? true : false = false;
    const pages: "GetOpportunity" extends SellingList ? true : false = false;
    expect([qualified, nowhere, withToken, withoutToken, coffee, pages]).toEqual([
      true,
      false,
      true,
      false,
      false,
      false,
    ]);

    const { client } = await clientThatGets((_, response) => json(response, 200, {}));
    const none = client.pages("GetOpportunity" as SellingList, {})[Symbol.asyncIterator]();
    await expect(none.next()).rejects.toMatchObject({ failure: { kind: "config" } });
  });

  it("throws failures only", async () => {
    const { client } = await clientThatGets((_, response) =>
      json(response, 404, { __type: "com.amazonaws.partnercentralselling#ResourceNotFoundException", Message: "no" }),
    );
    expect((await failureIn(client.call("GetOpportunity", { Identifier: "O1" }))).kind).toBe("missing");
  });
});
