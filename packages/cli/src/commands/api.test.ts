import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { finished, inFolder, runCosell, startCosell } from "../testing/run-cosell.ts";

const credentials = { AWS_ACCESS_KEY_ID: "AKIACOSELLPARTNERONE", AWS_SECRET_ACCESS_KEY: "emulator" };
const company = { Customer: { Account: { CompanyName: "Tidewater Freight" } } };
const sandbox = ["--catalog", "Sandbox"];

describe("cosell api, without any network", () => {
  it("lists every operation of both APIs: all about it for machines, the names in a pipe", async () => {
    const { code, stdout } = await runCosell(["api", "--list", "--json"]);
    const { operations } = JSON.parse(stdout) as { operations: { operation: string }[] };
    const about = (wanted: string) => operations.filter(({ operation }) => operation === wanted);
    expect(code).toBe(0);
    expect(operations).toHaveLength(45 + 34);
    expect(about("UpdateOpportunity")).toMatchObject([
      { service: "selling", kind: "write", paginated: false, class: "write", perSecond: 1 },
    ]);
    expect(about("ListConnections")).toMatchObject([{ service: "account", kind: "read", paginated: true }]);
    expect(about("TagResource").map((one) => Reflect.get(one, "service") as unknown)).toEqual(["selling", "account"]);

    const names = (await runCosell(["api", "--list"])).stdout.trim().split("\n");
    expect(names).toHaveLength(45 + 34 - 3);
    expect(names).toEqual(expect.arrayContaining(["GetOpportunity", "CreatePartner", "TagResource"]));
    expect((await runCosell(["api", "--list", "--service", "account"])).stdout.trim().split("\n")).toHaveLength(34);
  });

  it("holds Account operations against the Account API's model, and tells the two apart", async () => {
    const invite = await runCosell(["api", "CreateConnectionInvitation", "--input", "-", ...sandbox], {
      stdin: `{ "ConnectionType": "FRIENDSHIP", "Email": "Ann@Example.com", "Messag": "Hi" }`,
    });
    expect(invite.code).toBe(2);
    expect(invite.stderr).toMatch(/INVALID_ENUM_VALUE +ConnectionType: /);
    expect(invite.stderr).toMatch(/unknown-member +Messag: .*did you mean Message\?/);
    expect(invite.stderr).toMatch(/REQUIRED_FIELD_MISSING +ReceiverIdentifier: /);
    expect(invite.stderr).not.toMatch(/ Email: /);

    const tags = (service: readonly string[]) =>
      runCosell(["api", "TagResource", "--input", "-", "--dry-run", ...sandbox, ...service], {
        stdin: `{ "ResourceArn": "arn:aws:partnercentral:us-east-1:111122223333:catalog/Sandbox/partner/p", "Tags": [] }`,
      });
    expect(await tags([])).toMatchObject({ code: 2, stderr: expect.stringContaining("NOT_ENOUGH_VALUES") });
    const { code, stdout } = await tags(["--service", "account"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).not.toHaveProperty("Catalog");
    const verification = await runCosell(["api", "GetVerification", "--input", "-", "--dry-run"], {
      stdin: `{ "VerificationType": "BUSINESS_VERIFICATION" }`,
    });
    expect(verification).toMatchObject({ code: 0, stderr: "" });
  });

  it("shows everything that is wrong with an input at once, and where", async () => {
    const input = `{\n  "Custmer": {},\n  "Customer": { "Contacts": [{ "Email": "Ann@Example.com" }] },\n  "OpportunityType": "New"\n}`;
    const { code, stdout, stderr } = await inFolder({ "deal.json": input }, (folder) =>
      runCosell(["api", "CreateOpportunity", "--input", "deal.json", ...sandbox], { folder }),
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^deal\.json:2:3 +warning +unknown-member +Custmer: .*\(did you mean Customer\?\)$/m);
    expect(stderr).toMatch(/^deal\.json:3:41 +error +INVALID_STRING_FORMAT +Customer\.Contacts\[0\]\.Email: /m);
    expect(stderr).toMatch(
      /^deal\.json:4:22 +error +INVALID_ENUM_VALUE +OpportunityType: .*They are: Net New Business, /m,
    );
    expect(stderr).not.toContain("Ann@Example.com");
  });

  it("names the value that was probably meant, also in AWS's closed lists", async () => {
    const update = {
      ...{ Identifier: "O1", LastModifiedDate: "2026-01-01T00:00:00Z", LifeCycle: { Stage: "Tecnical Validation" } },
      Project: { CustomerUseCase: "Migration" },
      Customer: { Account: { CompanyName: "A", Address: { CountryCode: "XX" } } },
    };
    const { code, stderr } = await runCosell(["api", "UpdateOpportunity", "--input", "-", ...sandbox], {
      stdin: JSON.stringify(update),
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/LifeCycle\.Stage: .*\(did you mean Technical Validation\?\)/);
    expect(stderr).toMatch(/Project\.CustomerUseCase: Must be one of the values that AWS lists\.$/m);
    expect(stderr).toMatch(/CountryCode: Must be one of the values that AWS lists\./);
    expect(stderr).toContain("next   Correct the members named above");
  });

  it("gives the same findings to machines, from standard input", async () => {
    const { code, stdout, stderr } = await runCosell(["api", "GetOpportunity", "--input", "-", "--json", ...sandbox], {
      stdin: "{}",
    });
    expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        kind: "invalid",
        findings: [{ code: "REQUIRED_FIELD_MISSING", message: "Identifier: Must be present." }],
      },
    });
  });

  it("prints the body of a dry run, with a client token where AWS wants one", async () => {
    const { code, stdout, stderr } = await runCosell(
      ["api", "CreateOpportunity", "--input", "-", "--dry-run", ...sandbox],
      {
        stdin: JSON.stringify(company),
      },
    );
    const body = JSON.parse(stdout) as { ClientToken: string };
    expect({ code, body }).toEqual({
      code: 0,
      body: { ...company, Catalog: "Sandbox", ClientToken: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    expect(stderr).toContain(body.ClientToken);
    const given = await runCosell(["api", "CreateOpportunity", "--input", "-", "--dry-run", ...sandbox], {
      stdin: JSON.stringify({ ...company, ClientToken: "mine" }),
    });
    expect({ body: JSON.parse(given.stdout) as unknown, stderr: given.stderr }).toEqual({
      body: { ...company, Catalog: "Sandbox", ClientToken: "mine" },
      stderr: "",
    });
  });

  it.each([
    ["an operation that is misspelt", ["GetOpportunty", ...sandbox], "{}", "Did you mean GetOpportunity?"],
    ["an operation of Account that is misspelt", ["CreatePartnr", ...sandbox], "{}", "Did you mean CreatePartner?"],
    ["an operation of the other API", ["GetPartner", "--service", "selling"], "{}", "one of Partner Central Account"],
    ["no operation", [], "{}", "cosell api --list"],
    ["no catalog", ["ListSolutions"], "{}", "--catalog Sandbox"],
    ["another catalog in the input", ["ListSolutions", ...sandbox], `{ "Catalog": "AWS" }`, "Make them agree"],
    ["pages of what has none", ["GetOpportunity", "--paginate", ...sandbox], "{}", "has no pages"],
    ["an input that is no object", ["ListSolutions", ...sandbox], "[1]", "one JSON object"],
    ["an input that is no object, with advice", ["ListSolutions", ...sandbox], "[1]", "next   Correct the input,"],
    ["an input that is no JSON", ["ListSolutions", ...sandbox], `{ "a": `, "<standard input>:1"],
    ["a file that is not there", ["ListSolutions", "--input", "no.json", ...sandbox], "", "no readable file no.json"],
    ["a configuration that is not there", ["ListSolutions", "--config", "no.yaml"], "{}", "no readable configuration"],
  ])("refuses %s with exit code 2", async (_, words, stdin, said) => {
    const input = words.includes("--input") ? [] : ["--input", "-"];
    const { code, stdout, stderr } = await runCosell(["api", ...words, ...input], { stdin });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(said);
  });
});

describe("cosell api, against the emulator", () => {
  let emulator: ChildProcess;
  let endpoint: string;
  let accountEndpoint: string;
  const api = (words: readonly string[], input: object = {}) =>
    runCosell(["api", ...words, "--input", "-", ...sandbox, "--endpoint", endpoint], {
      environment: credentials,
      stdin: JSON.stringify(input),
    });

  beforeAll(async () => {
    emulator = startCosell(["emulator", "--deals", "0", "--json"]);
    let line = "";
    while (!line.includes("\n")) line += String((await once(emulator.stdout ?? emulator, "data"))[0]);
    ({ partnerCentralSelling: endpoint, partnerCentralAccount: accountEndpoint } = JSON.parse(line) as Record<
      "partnerCentralSelling" | "partnerCentralAccount",
      string
    >);
  });
  afterAll(async () => {
    const ended = finished(emulator);
    emulator.kill("SIGTERM");
    await ended;
  });

  const create = async (input: object): Promise<string> =>
    (JSON.parse((await api(["CreateOpportunity"], input)).stdout) as { Id: string }).Id;

  it("repeats a call with its token, and reads back what AWS holds", async () => {
    const id = await create({ ...company, ClientToken: "one" });
    expect(await create({ ...company, ClientToken: "one" })).toBe(id);
    const { code, stdout } = await api(["GetOpportunity"], { Identifier: id });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ...company, Id: id, LifeCycle: { ReviewStatus: "Pending Submission" } });
  });

  it("takes catalog and endpoint from a configuration, and from AWS's own variables", async () => {
    const files = {
      "cosell.yaml": `version: 1\npartnerCentral: { catalog: Sandbox, endpoint: "${endpoint}" }\nconnections: {}\nsyncs: {}\n`,
    };
    await inFolder(files, async (folder) => {
      const { code, stdout } = await runCosell(["api", "ListSolutions"], { folder, environment: credentials });
      expect({ code, answer: JSON.parse(stdout) as object }).toMatchObject({
        code: 0,
        answer: { SolutionSummaries: expect.any(Array) },
      });
    });
    const { code } = await runCosell(["api", "ListSolutions", ...sandbox], {
      environment: { ...credentials, AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: endpoint },
    });
    expect(code).toBe(0);
  });

  it("reaches the Account API by --endpoint or AWS's variable, never by the Selling API's endpoint", async () => {
    const email = { stdin: `{ "Email": "ann@example.com" }`, environment: credentials };
    const send = ["api", "SendEmailVerificationCode", "--input", "-", ...sandbox];
    expect(await runCosell([...send, "--endpoint", accountEndpoint], email)).toMatchObject({ code: 0, stdout: "{}\n" });

    const list = ["api", "ListPartners", "--paginate", "--json", ...sandbox];
    const selling = { ...credentials, AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: endpoint };
    const refused = await runCosell(list, { environment: selling });
    expect(refused).toMatchObject({
      code: 2,
      stdout: expect.stringContaining("AWS_ENDPOINT_URL_PARTNERCENTRAL_ACCOUNT"),
    });
    const both = { ...selling, AWS_ENDPOINT_URL_PARTNERCENTRAL_ACCOUNT: accountEndpoint };
    const { code, stdout } = await runCosell(list, { environment: both });
    expect({ code, answer: JSON.parse(stdout) as unknown }).toEqual({
      code: 0,
      answer: { PartnerSummaryList: [], pages: 1 },
    });
  });

  it("answers refusals of the Account API with AWS's reason", async () => {
    const unknown = { Identifier: "partner-0000000000000" };
    const { code, stdout } = await runCosell(
      ["api", "GetPartner", "--json", "--input", "-", ...sandbox, "--endpoint", accountEndpoint],
      { environment: credentials, stdin: JSON.stringify(unknown) },
    );
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { kind: "missing", code: "PARTNER_NOT_FOUND" } });
  });

  it("streams every page as one document, or as JSON lines", async () => {
    const ids = [await create({ ...company, ClientToken: "two" }), await create({ ...company, ClientToken: "three" })];
    const page = { MaxResults: 1 };
    const lines = (await api(["ListOpportunities", "--paginate"], page)).stdout.trim().split("\n");
    const listed = lines.map((line) => (JSON.parse(line) as { Id: string }).Id);
    expect(listed).toEqual(expect.arrayContaining(ids));
    const document = await api(["ListOpportunities", "--paginate", "--json"], page);
    const { OpportunitySummaries: summaries, pages } = JSON.parse(document.stdout) as {
      OpportunitySummaries: { Id: string }[];
      pages: number;
    };
    expect(summaries.map(({ Id }) => Id)).toEqual(listed);
    expect(pages).toBe(listed.length);
  });

  it("ends a list that breaks off with the error, and keeps what AWS sent as it came", async () => {
    const summary = { Id: "O1", NewAtAws: null, LastModifiedDate: "2026-11-20T01:02:03.123456789Z" };
    let asked = 0;
    const server = createServer((request, response) => {
      request.resume().on("end", () => {
        asked += 1;
        const refusal = { __type: "ExpiredTokenException", message: "expired" };
        response.writeHead(asked === 1 ? 200 : 400);
        response.end(JSON.stringify(asked === 1 ? { OpportunitySummaries: [summary], NextToken: "2" } : refusal));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const place = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { code, stdout } = await runCosell(
      ["api", "ListOpportunities", "--paginate", "--json", ...sandbox, "--endpoint", place],
      { environment: credentials },
    );
    await new Promise((resolve) => server.close(resolve));
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      OpportunitySummaries: [summary],
      error: expect.objectContaining({ kind: "auth" }),
    });
  });

  it("answers AWS's refusals with exit code 1, kind and issues", async () => {
    const unknown = await api(["GetOpportunity", "--json"], { Identifier: "O999999" });
    expect(unknown.code).toBe(1);
    expect(JSON.parse(unknown.stdout)).toMatchObject({
      error: {
        kind: "missing",
        code: "ResourceNotFoundException",
        message: expect.stringContaining("Asked for: Identifier O999999, Catalog Sandbox."),
      },
    });
    const lost = { ...company, LifeCycle: { Stage: "Closed Lost" } };
    const refused = await api(["CreateOpportunity", "--json"], lost);
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      error: { kind: "invalid", issues: [{ target: "LifeCycle.ClosedLostReason" }] },
    });
  });
});
