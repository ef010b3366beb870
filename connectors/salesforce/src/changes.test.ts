import type { Change, ChangesPage } from "@cosell/connector";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseCursor } from "./cursor.ts";
import { type EmulatedOrg, startEmulatedOrg } from "./__fixtures__/emulated-org.ts";

let emulated: EmulatedOrg;
beforeEach(async () => {
  emulated = await startEmulatedOrg();
});
afterEach(() => emulated.close());

const object = "Opportunity";
const newDeal = { Name: "Data lake", StageName: "Prospecting", CloseDate: "2026-09-30" };
const minute = 60_000;

/** Everything until the feed is caught up. */
async function drain(
  cursor?: string,
  options: { fields?: readonly string[]; limit?: number } = {},
): Promise<{ changes: readonly Change[]; cursor: string }> {
  const changes: Change[] = [];
  for (let at = cursor; ;) {
    const page: ChangesPage = await emulated.connection.changes({
      object,
      ...options,
      ...(at !== undefined && { cursor: at }),
    });
    if (page.cursorLost) throw new Error("cursor lost");
    changes.push(...page.changes);
    if (page.caughtUp) return { changes, cursor: page.cursor };
    at = page.cursor;
  }
}

/** Some deals are told; then time passes until nothing of them is told again. */
async function quietCursor(fields: readonly string[] = []): Promise<string> {
  emulated.advance(30 * minute);
  const { cursor } = await drain(undefined, { fields });
  emulated.advance(30 * minute);
  return cursor;
}

describe("changes", () => {
  it("tells a record whose transaction was committed long after its stamp was set", async () => {
    const { org, advance } = emulated;
    org.create(object, newDeal);
    const late = org.create(object, { ...newDeal, Name: "Late" });
    const state = org.state();
    org.load({
      records: { ...state.records, Opportunity: state.records[object]?.filter(({ Id }) => Id !== late) ?? [] },
    });
    advance(5000);
    const { cursor } = await drain();
    advance(9 * minute);
    org.load(state);
    expect((await drain(cursor)).changes.map(({ ref }) => ref)).toContain(late);
  });

  it("tells nothing, and asks nothing, within the same second", async () => {
    const { cursor } = await drain();
    const before = emulated.emulators.requests.last;
    expect((await drain(cursor)).changes).toEqual([]);
    expect(emulated.emulators.requests.last).toBe(before);
  });

  it("leaves the second that is still running to the next window", async () => {
    const { org, advance } = emulated;
    const { cursor } = await drain();
    advance(10_000);
    const deal = org.create(object, newDeal);
    const now = await drain(cursor);
    expect(now.changes).toEqual([]);
    advance(5000);
    expect((await drain(now.cursor)).changes.map(({ ref }) => ref)).toEqual([deal]);
  });

  it("does not tell what was deleted before it first looked", async () => {
    const { org, advance } = emulated;
    org.remove(object, org.create(object, newDeal));
    advance(5000);
    expect((await drain()).changes).toEqual([]);
  });

  it.each<[string, (ids: { account: string; contact: string; role: string; deal: string }) => void]>([
    ["its account", ({ account }) => emulated.org.edit("Account", account, { Website: "https://example.com" })],
    [
      "its account's parent",
      ({ account }) => {
        const parent = emulated.org.records("Account").find(({ Id }) => Id === account)?.["ParentId"];
        emulated.org.edit("Account", String(parent), { Name: "Renamed" });
      },
    ],
    ["a contact", ({ contact }) => emulated.org.edit("Contact", contact, { Title: "CTO" })],
    ["a contact role", ({ role }) => emulated.org.edit("OpportunityContactRole", role, { Role: "Decision Maker" })],
    ["the list of contact roles", ({ role }) => emulated.org.remove("OpportunityContactRole", role)],
  ])("tells a deal when %s changes", async (_, change) => {
    const { org, advance } = emulated;
    const parent = org.create("Account", { Name: "Octank" });
    const account = org.create("Account", { Name: "Octank Retail", ParentId: parent });
    const contact = org.create("Contact", { LastName: "Doe" });
    const deal = org.create(object, { ...newDeal, AccountId: account });
    org.create(object, newDeal);
    const role = org.create("OpportunityContactRole", { OpportunityId: deal, ContactId: contact });
    const fields = ["Account.Name", "Account.Parent.Name", "OpportunityContactRoles.records[].Contact.Title"];
    const cursor = await quietCursor(fields);
    expect((await drain(cursor, { fields })).changes).toEqual([]);
    change({ account, contact, role, deal });
    advance(5000);
    const { changes } = await drain(cursor, { fields });
    expect(changes).toEqual([expect.objectContaining({ kind: "upsert", ref: deal })]);
    const [read] = await emulated.connection.read({ object, refs: [deal], fields: [] });
    expect(read?.status === "found" && read.version).not.toBe(changes[0]?.kind === "upsert" && changes[0].version);
  });

  it("tells all deals of a large account, in pages no longer than asked", async () => {
    const { org, advance } = emulated;
    const account = org.create("Account", { Name: "Octank" });
    const deals = Array.from({ length: 23 }, () => org.create(object, { ...newDeal, AccountId: account }));
    const fields = ["Account.Name"];
    const cursor = await quietCursor(fields);
    org.edit("Account", account, { Name: "Renamed" });
    advance(5000);
    const first = await emulated.connection.changes({ object, fields, cursor, limit: 10 });
    expect(first).toMatchObject({ caughtUp: false, changes: { length: 10 } });
    const { changes } = await drain(cursor, { fields, limit: 10 });
    expect(changes.map(({ ref }) => ref).sort()).toEqual(deals.sort());
  });

  it("tells a deal as unknown when its account changes while the overlap still shows the deal's own change", async () => {
    const { org, connection, advance } = emulated;
    const account = org.create("Account", { Name: "Octank" });
    const deal = org.create(object, { ...newDeal, AccountId: account });
    const fields = ["Account.Name"];
    advance(5000);
    const { cursor } = await drain(undefined, { fields });
    org.edit("Account", account, { Name: "Renamed" });
    advance(minute);
    const [read] = await connection.read({ object, refs: [deal], fields: [] });
    const { changes } = await drain(cursor, { fields });
    expect(changes).toEqual([expect.objectContaining({ kind: "upsert", ref: deal })]);
    expect(changes[0]).not.toMatchObject({ version: read?.status === "found" && read.version });
  });

  it("tells a delete as such, though the deal's contact roles went with it", async () => {
    const { org, advance } = emulated;
    const deal = org.create(object, newDeal);
    const contact = org.create("Contact", { LastName: "Doe" });
    org.create("OpportunityContactRole", { OpportunityId: deal, ContactId: contact });
    const fields = ["OpportunityContactRoles.records[].Role"];
    const cursor = await quietCursor(fields);
    org.remove(object, deal);
    advance(5000);
    expect((await drain(cursor, { fields })).changes).toEqual([{ kind: "delete", ref: deal }]);
  });

  it("tells the deals of a changed account once, though the overlap shows the account again", async () => {
    const { org, advance } = emulated;
    const account = org.create("Account", { Name: "Octank" });
    const deal = org.create(object, { ...newDeal, AccountId: account });
    const fields = ["Account.Name"];
    const cursor = await quietCursor(fields);
    org.edit("Account", account, { Name: "Renamed" });
    advance(5000);
    const told = await drain(cursor, { fields });
    expect(told.changes.map(({ ref }) => ref)).toEqual([deal]);
    advance(minute);
    const again = await drain(told.cursor, { fields });
    expect(again.changes).toEqual([]);
    org.edit("Account", account, { Name: "Renamed again" });
    advance(minute);
    expect((await drain(again.cursor, { fields })).changes.map(({ ref }) => ref)).toEqual([deal]);
  });

  it("goes on when the mapping changes in the middle of a window", async () => {
    const { org, advance } = emulated;
    const account = org.create("Account", { Name: "Octank" });
    for (let deal = 0; deal < 3; deal += 1) org.create(object, { ...newDeal, AccountId: account });
    const cursor = await quietCursor(["Account.Name"]);
    org.edit("Account", account, { Name: "Renamed" });
    advance(5000);
    const first = await emulated.connection.changes({ object, fields: ["Account.Name"], cursor, limit: 1 });
    if (first.cursorLost) throw new Error("cursor lost");
    const next = await drain(first.cursor, { fields: ["Owner.Email"] });
    const [owner] = org.records("User");
    org.edit("User", String(owner?.["Id"]), { Email: "renamed@example.com" });
    advance(5000);
    expect((await drain(next.cursor, { fields: ["Owner.Email"] })).changes).toHaveLength(3);
  });

  it("says that a cursor is lost which is older than the Recycle Bin keeps what was deleted", async () => {
    const { cursor } = await drain();
    emulated.advance(15 * 24 * 60 * minute);
    expect(await emulated.connection.changes({ object, cursor })).toEqual({ cursorLost: true });
  });
});

describe("parseCursor", () => {
  it("takes no text for a cursor that is none", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => parseCursor(text) === undefined));
  });
});
