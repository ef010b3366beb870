import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { loadSeed } from "../seed/index.ts";
import { companyOfSeed } from "./company-of-seed.ts";
import { otherCompany } from "./settings.ts";
import { type Answer, startTestCompany, type TestCompany } from "./testing/test-company.ts";

let test: TestCompany;
beforeEach(async () => {
  test = await startTestCompany();
});
afterEach(() => test.close());

const idsIn = ({ body }: Answer): readonly unknown[] =>
  (body["data"] as readonly { id: unknown }[]).map(({ id }) => id);
const cursorIn = ({ body }: Answer): unknown => (body["additional_data"] as { next_cursor: unknown }).next_cursor;
const list = (query: string): Promise<Answer> => test.call("GET", `/api/v2/deals?${query}`);
const deals = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, number) => test.company.create("deals", { title: `Deal ${number}` }));

describe("lists", () => {
  it("come in pages by cursor, from which rows that come and go take nothing away", async () => {
    const [first = 0, ...rest] = deals(5);
    const page = await list("limit=2&sort_by=id");
    expect(idsIn(page)).toEqual([first, rest[0]]);
    test.company.remove("deals", first);
    const next = await list(`limit=2&cursor=${String(cursorIn(page))}`);
    expect(idsIn(next)).toEqual([rest[1], rest[2]]);
    const last = await list(`limit=2&cursor=${String(cursorIn(next))}`);
    expect([idsIn(last), cursorIn(last)]).toEqual([[rest[3]], null]);
  });

  it("take a window of time, which holds its beginning and not its end, in whole seconds only", async () => {
    const [early] = deals(1);
    test.advance(10_000);
    const [late] = deals(1);
    expect(idsIn(await list("updated_since=2026-03-02T09:30:25Z"))).toEqual([late]);
    expect(idsIn(await list("updated_until=2026-03-02T09:30:25Z"))).toEqual([early]);
    const refused = await list("updated_since=2026-03-02T09:30:25.000Z");
    expect([refused.status, refused.body["code"]]).toEqual([400, "ERR_SCHEMA_VALIDATION_FAILED"]);
  });

  it("sort by id as numbers, and by time either way", async () => {
    test.company.load({ records: { deals: [10, 9, 100].map((id) => ({ id, title: `Deal ${id}` })) } });
    expect(idsIn(await list("sort_by=id"))).toEqual([9, 10, 100]);
    test.advance(1000);
    test.company.edit("deals", 9, { title: "Renamed" });
    expect(idsIn(await list("sort_by=update_time&sort_direction=desc"))).toEqual([9, 100, 10]);
  });

  it("leave out archived and deleted deals, which have lists of their own, for 30 days", async () => {
    const [kept, archived = 0, deleted = 0] = deals(3);
    test.company.edit("deals", archived, { is_archived: true });
    test.company.remove("deals", deleted);
    expect(idsIn(await list(""))).toEqual([kept]);
    expect(idsIn(await test.call("GET", "/api/v2/deals/archived"))).toEqual([archived]);
    expect(idsIn(await list("status=deleted"))).toEqual([deleted]);
    expect((await test.call("GET", `/api/v2/deals/${deleted}`)).body["data"]).toMatchObject({ is_deleted: true });
    test.advance(31 * 24 * 3_600_000);
    expect(idsIn(await list("status=deleted"))).toEqual([]);
    expect((await test.call("GET", `/api/v2/deals/${deleted}`)).status).toBe(404);
  });

  it("have a deleted deal again, as it was, once somebody restores it", async () => {
    const [open = 0, won = 0, lost = 0] = deals(3);
    test.company.edit("deals", won, { status: "won" });
    test.company.edit("deals", lost, { status: "lost", lost_reason: "Price" });
    const before = test.company.records("deals");
    for (const id of [open, won, lost]) test.company.remove("deals", id);
    test.advance(60_000);
    expect(() => test.company.restore("deals", 1)).toThrow("not found");
    for (const id of [open, won, lost]) test.company.restore("deals", id);
    expect(test.company.records("deals")).toEqual(
      before.map((deal) => ({ ...deal, update_time: "2026-03-02T09:31:15Z" })),
    );
    expect(idsIn(await list("updated_since=2026-03-02T09:31:00Z"))).toEqual([open, won, lost]);
    test.company.remove("deals", open);
    test.advance(30 * 24 * 3_600_000);
    expect(() => test.company.restore("deals", open)).toThrow("not found");
  });

  it("refuse more than 100 ids, 500 rows and 15 custom fields", async () => {
    const many = (count: number): string => Array.from({ length: count }, (_, number) => number + 1).join(",");
    deals(1);
    for (const query of [`ids=${many(101)}`, "limit=501", `custom_fields=${many(16)}`, "cursor=nonsense"])
      expect((await list(query)).status).toBe(400);
  });
});

describe("writes", () => {
  it("take numbers as numbers and options by their ids, and name the member of the first that does not fit", async () => {
    const key = test.company.keyOf("deals", "AWS Use Case");
    const cases: readonly (readonly [object, string])[] = [
      [{ title: "One", value: "12" }, "value"],
      [{ title: "One", custom_fields: { [key]: "Database" } }, `custom_fields.${key}`],
      [{ title: "One", custom_fields: { AWS: 1 } }, "custom_fields.AWS"],
      [{ title: "One", org_id: 7 }, "org_id"],
      [{ title: "x".repeat(256) }, "title"],
      [{}, "title"],
    ];
    for (const [body, member] of cases) {
      const answer = await test.call("POST", "/api/v2/deals", body);
      expect([answer.status, answer.body["success"]]).toEqual([400, false]);
      expect(answer.body["error"]).toContain(`Validation failed: ${member}: `);
    }
    expect(test.company.records("deals")).toEqual([]);
  });

  it("answer with the whole record, and leave its time alone when nothing changed", async () => {
    const created = await test.call("POST", "/api/v2/deals", { title: "One", value: 12 });
    expect([created.status, created.body["data"]]).toMatchObject([
      201,
      { title: "One", status: "open", currency: "USD" },
    ]);
    const id = (created.body["data"] as { id: number }).id;
    test.advance(5000);
    const same = await test.call("PATCH", `/api/v2/deals/${id}`, { title: "One" });
    expect(same.body["data"]).toEqual(created.body["data"]);
    const won = await test.call("PATCH", `/api/v2/deals/${id}`, { status: "won" });
    expect(won.body["data"]).toMatchObject({
      status: "won",
      won_time: "2026-03-02T09:30:20Z",
      update_time: "2026-03-02T09:30:20Z",
    });
  });

  it("merge a record into another, which keeps its own values, and delete it", async () => {
    const org = test.company.create("organizations", { name: "Octank Ltd", website: "octank.example" });
    const kept = test.company.create("organizations", { name: "Octank" });
    const deal = test.company.create("deals", { title: "One", org_id: org });
    const person = test.company.create("persons", { name: "Kim Ito", org_id: org });
    const answer = await test.call("PUT", `/v1/organizations/${org}/merge`, { merge_with_id: kept });
    expect(answer.body["data"]).toMatchObject({
      id: kept,
      name: "Octank",
      website: "octank.example",
      merge_what_id: org,
    });
    expect(test.company.records("organizations").find(({ id }) => id === org)).toMatchObject({ is_deleted: true });
    expect(test.company.records("deals").find(({ id }) => id === deal)).toMatchObject({ org_id: kept });
    expect(test.company.records("persons").find(({ id }) => id === person)).toMatchObject({ org_id: kept });
  });

  it("delete by DELETE, once", async () => {
    const [id] = deals(1);
    expect((await test.call("DELETE", `/api/v2/deals/${id}`)).body).toMatchObject({ success: true, data: { id } });
    expect((await test.call("DELETE", `/api/v2/deals/${id}`)).status).toBe(404);
  });
});

describe("search", () => {
  it("finds by a part or the whole, in any case, in custom texts too", async () => {
    const key = test.company.keyOf("deals", "AWS Solutions");
    const id = test.company.create("deals", { title: "Data Lake", custom_fields: { [key]: "S-0000001" } });
    const found = async (query: string): Promise<unknown> =>
      ((await test.call("GET", `/api/v2/deals/search?${query}`)).body["data"] as { items: readonly object[] }).items
        .length;
    expect(await found("term=data")).toBe(1);
    expect(await found("term=data&exact_match=true")).toBe(0);
    expect(await found("term=DATA%20LAKE&exact_match=true&fields=title")).toBe(1);
    expect(await found("term=s-0000001&exact_match=true&fields=custom_fields")).toBe(1);
    expect((await test.call("GET", "/api/v2/deals/search?term=d")).status).toBe(400);
    test.company.remove("deals", id);
    expect(await found("term=data")).toBe(0);
  });
});

describe("companies", () => {
  it("are told by the token, and have keys of their own for the same fields", async () => {
    const other = { "x-api-token": otherCompany.apiTokens[0] ?? "" };
    deals(1);
    expect(idsIn(await test.call("GET", "/api/v2/deals", undefined, other))).toEqual([]);
    const me = await test.call("GET", "/v1/users/me", undefined, other);
    expect(me.body["data"]).toMatchObject({ company_name: "Other Partner", default_currency: "EUR" });
    const keysOf = async (headers?: Readonly<Record<string, string>>): Promise<readonly string[]> => {
      const { body } = await test.call("GET", "/api/v2/dealFields?limit=500", undefined, headers);
      const fields = body["data"] as readonly { field_code: string; is_custom_field: boolean }[];
      return fields.filter((field) => field.is_custom_field).map(({ field_code }) => field_code);
    };
    const [mine, theirs] = [await keysOf(), await keysOf(other)];
    expect(mine.every((key) => /^[0-9a-f]{40}$/.test(key))).toBe(true);
    expect(mine).toHaveLength(theirs.length);
    expect(mine.filter((key) => theirs.includes(key))).toEqual([]);
  });

  it("refuse a token that nobody has", async () => {
    const answer = await test.call("GET", "/api/v2/deals", undefined, { "x-api-token": "stolen" });
    expect([answer.status, answer.body]).toMatchObject([401, { success: false, errorCode: 401 }]);
  });

  it("give an app tokens, and a new refresh token each time, which ends the old one", async () => {
    const headers = {
      authorization: `Basic ${Buffer.from("emulator-client-id:emulator-client-secret").toString("base64")}`,
    };
    const ask = (refresh_token: string): Promise<Answer> =>
      test.call("POST", "/oauth/token", new URLSearchParams({ grant_type: "refresh_token", refresh_token }), headers);
    const first = await ask("emulator-pipedrive-refresh-token");
    expect(first.body).toMatchObject({ api_domain: test.url, expires_in: 3600 });
    const bearer = { authorization: `Bearer ${String(first.body["access_token"])}` };
    expect((await test.call("GET", "/v1/users/me", undefined, bearer)).status).toBe(200);
    expect((await ask("emulator-pipedrive-refresh-token")).body).toMatchObject({ error: "invalid_grant" });
    expect((await ask(String(first.body["refresh_token"]))).status).toBe(200);
    test.advance(3_600_000);
    expect((await test.call("GET", "/v1/users/me", undefined, bearer)).status).toBe(401);
  });
});

describe("limits", () => {
  it("tell what is left in any case, and refuse a burst and a used-up day when they are on", async () => {
    const small = { ...otherCompany, burstLimit: 3, dailyTokens: 45 };
    test.pipedrive.configure({ companies: [small], limits: true });
    const headers = { "x-api-token": otherCompany.apiTokens[0] ?? "" };
    const call = (): Promise<Answer> => test.call("GET", "/api/v2/deals", undefined, headers);
    const answers = [await call(), await call(), await call(), await call()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers[2]?.headers.get("x-ratelimit-remaining")).toBe("0");
    expect(answers[2]?.headers.get("x-daily-ratelimit-token-remaining")).toBe("15");
    test.advance(2000);
    const refused = await call();
    expect([refused.status, refused.headers.get("x-daily-ratelimit-token-remaining")]).toEqual([429, "0"]);
    test.advance(24 * 3_600_000);
    expect((await call()).status).toBe(200);
  });
});

describe("the seeded company", () => {
  it("has the demo's deals, with organizations, persons, owners and choices that the fields know", () => {
    const company = test.company;
    company.load(companyOfSeed(loadSeed({ deals: 40, seed: 1, asOf: "2026-03-01" }), company.schema()));
    const records = company.records("deals");
    expect(records).toHaveLength(40);
    expect(new Set(records.map(({ status }) => status)).size).toBeGreaterThan(1);
    const organizations = new Set(company.records("organizations").map(({ id }) => id));
    const linked = records.filter(({ org_id }) => typeof org_id === "number");
    expect(linked.length).toBeGreaterThan(30);
    expect(linked.every(({ org_id }) => organizations.has(org_id as number))).toBe(true);
    const spend = company.keyOf("deals", "AWS Monthly Spend");
    expect(
      records.every(({ custom_fields: fields }) => (fields[spend] as { currency: string }).currency === "USD"),
    ).toBe(true);
    const models = company.keyOf("deals", "AWS Delivery Models");
    const options =
      company
        .schema()
        .object("deals")
        .fields.find(({ code }) => code === models)?.options ?? [];
    const known = new Set(options.map(({ id }) => id));
    expect(
      records.flatMap(({ custom_fields: fields }) => fields[models] ?? []).every((id) => known.has(id as number)),
    ).toBe(true);
  });

  it("comes back from its own document as it was", () => {
    deals(3);
    test.company.remove("deals", deals(1)[0] ?? 0);
    const before = test.pipedrive.state();
    test.pipedrive.load({ companies: {} });
    expect(test.company.records("deals")).toEqual([]);
    test.pipedrive.load(before);
    expect(test.pipedrive.state()).toEqual(before);
    expect(() => test.pipedrive.load({ companies: { "9": { records: {} } } })).toThrow(RangeError);
  });
});
