import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Connection } from "@jsforce/jsforce-node";
import { startTestOrg, type TestOrg } from "../testing/test-org.ts";

let org: TestOrg;
let connection: Connection;
const data = "/services/data/v63.0";

beforeEach(async () => {
  org = await startTestOrg();
  connection = new Connection(org.connection);
});

afterEach(() => org.close());

interface Answer {
  readonly compositeResponse: readonly { readonly httpStatusCode: number; readonly body: unknown }[];
}

const composite = async (
  compositeRequest: readonly object[],
  allOrNone = false,
): Promise<Answer["compositeResponse"]> =>
  (await connection.requestPost<Answer>("/composite", { allOrNone, compositeRequest })).compositeResponse;

const create = (referenceId: string, object: string, body: object): object => ({
  method: "POST",
  url: `${data}/sobjects/${object}`,
  referenceId,
  body,
});

describe("a composite request", () => {
  it("uses what earlier calls answered", async () => {
    const answers = await composite([
      create("account", "Account", { Name: "Acme" }),
      create("contact", "Contact", { LastName: "Berg", AccountId: "@{account.id}" }),
      {
        method: "GET",
        referenceId: "read",
        url: `${data}/query?q=SELECT+Account.Name+FROM+Contact+WHERE+Id='@{contact.id}'`,
      },
    ]);

    expect(answers).toMatchObject([
      { referenceId: "account", httpStatusCode: 201, body: { success: true } },
      { referenceId: "contact", httpStatusCode: 201 },
      { referenceId: "read", httpStatusCode: 200, body: { records: [{ Account: { Name: "Acme" } }] } },
    ]);
  });

  it("goes on after a failure, except for what needs the failed call", async () => {
    const answers = await composite([
      create("account", "Account", {}),
      create("contact", "Contact", { LastName: "Berg", AccountId: "@{account.id}" }),
      create("other", "Account", { Name: "Other" }),
    ]);

    expect(answers).toMatchObject([
      { httpStatusCode: 400, body: [{ errorCode: "REQUIRED_FIELD_MISSING" }] },
      { httpStatusCode: 400, body: [{ errorCode: "PROCESSING_HALTED" }] },
      { httpStatusCode: 201 },
    ]);
  });

  it("is taken back as a whole when all or none was asked for", async () => {
    const answers = await composite(
      [
        create("good", "Account", { Name: "A" }),
        create("bad", "Account", {}),
        create("late", "Account", { Name: "C" }),
      ],
      true,
    );

    expect(answers.map(({ httpStatusCode }) => httpStatusCode)).toEqual([400, 400, 400]);
    expect(answers[0]?.body).toMatchObject([{ errorCode: "PROCESSING_HALTED" }]);
    expect(answers[1]?.body).toMatchObject([{ errorCode: "REQUIRED_FIELD_MISSING" }]);
    expect(org.salesforce.records("Account")).toHaveLength(0);
  });

  it("honours If-Unmodified-Since for each call", async () => {
    const stale = org.salesforce.create("Account", { Name: "Stale" });
    const fresh = org.salesforce.create("Account", { Name: "Fresh" });
    const since = new Date(org.clock.now()).toUTCString();
    org.clock.advance(2000);
    org.salesforce.edit("Account", stale, { Phone: "1" });
    const patch = (referenceId: string, id: string): object => ({
      method: "PATCH",
      url: `${data}/sobjects/Account/${id}`,
      referenceId,
      body: { Name: "Ours" },
      httpHeaders: { "If-Unmodified-Since": since },
    });

    const answers = await composite([patch("stale", stale), patch("fresh", fresh)]);

    expect(answers).toMatchObject([
      { httpStatusCode: 412, body: [{ errorCode: "ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE_CHECK" }] },
      { httpStatusCode: 204, body: null },
    ]);
    expect(org.salesforce.records("Account").map(({ Name }) => Name)).toEqual(["Stale", "Ours"]);
  });

  it("takes 25 calls", async () => {
    const calls = Array.from({ length: 26 }, (_, index) => create(`r${index}`, "Account", { Name: "A" }));

    await expect(composite(calls)).rejects.toMatchObject({ errorCode: "LIMIT_EXCEEDED" });
    expect(await composite(calls.slice(1))).toHaveLength(25);
  });
});
