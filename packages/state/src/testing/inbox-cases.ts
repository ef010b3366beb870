import { equal, match } from "node:assert/strict";
import type { InboxInvitation, InvitationPatch } from "../inbox.ts";
import { type Case, failing, same, sync } from "./case.ts";

const nothing = {
  sync,
  status: "pending",
  payloadType: undefined,
  title: undefined,
  customer: undefined,
  sender: undefined,
  engagementId: undefined,
  opportunityId: undefined,
  crmRef: undefined,
  expiresAt: undefined,
  data: {},
  duplicates: [],
  decision: undefined,
  clientToken: undefined,
  alarmedAt: undefined,
  failure: undefined,
} as const satisfies Omit<InboxInvitation, "id" | "createdAt" | "updatedAt">;

const full: Required<Omit<InvitationPatch, "status">> = {
  payloadType: "OpportunityInvitation",
  title: "456",
  customer: "Acme",
  sender: "AWS",
  engagementId: "eng-1",
  opportunityId: "O1",
  crmRef: "006A",
  expiresAt: 1_800_000_000_000,
  data: { Id: "engi-1", Payload: { a: ["456", 456, null] } },
  duplicates: [{ crmRef: "006B", why: "The same website." }],
  decision: { take: "accept", by: "rule", reason: "Wanted.", at: 5 },
  clientToken: "t",
  alarmedAt: 7,
  failure: { kind: "transient", message: "Later." },
};

export const inboxCases: readonly Case[] = [
  {
    name: "found invitations wait for a decision, and are stored with the cursor",
    test: async ({ store, open, clock }) => {
      const found = [{ id: "engi-1", ...full }, { id: "engi-2" }];
      equal(await store.takeInvitations(sync, found, { source: "invitations", value: "c1" }), 2);
      const again = await open();
      const times = { createdAt: clock.now(), updatedAt: clock.now() };
      same(await again.invitation(sync, "engi-1"), { ...nothing, ...full, id: "engi-1", ...times });
      same(await again.invitation(sync, "engi-2"), { ...nothing, id: "engi-2", ...times });
      equal(await again.cursor(sync, "invitations"), "c1");
      same([await again.invitation("other", "engi-1"), await again.invitation(sync, "engi-3")], [undefined, undefined]);
    },
  },
  {
    name: "one that is found again keeps what it has, takes what differs, and is not touched when nothing does",
    test: async ({ store, clock }) => {
      await store.takeInvitations(sync, [{ id: "engi-1", ...full }]);
      await store.updateInvitation(sync, "engi-1", { status: "accepting" });
      const before = clock.now();
      clock.advance(10);
      equal(await store.takeInvitations(sync, [{ id: "engi-1", title: "456", data: full.data }]), 0);
      equal((await store.invitation(sync, "engi-1"))?.updatedAt, before);
      equal(await store.takeInvitations(sync, [{ id: "engi-1", title: "New" }, { id: "engi-2" }]), 1);
      same(await store.invitation(sync, "engi-1"), {
        ...nothing,
        ...full,
        id: "engi-1",
        status: "accepting",
        title: "New",
        createdAt: before,
        updatedAt: clock.now(),
      });
    },
  },
  {
    name: "an update sets and clears members; one that is not in the inbox is refused",
    test: async ({ store }) => {
      await store.takeInvitations(sync, [{ id: "engi-1", ...full }]);
      await store.updateInvitation(sync, "engi-1", {
        status: "accepted",
        failure: undefined,
        decision: undefined,
        duplicates: [],
        title: undefined,
      });
      const after = await store.invitation(sync, "engi-1");
      same(
        [after?.status, after?.failure, after?.decision, after?.duplicates, after?.title, after?.crmRef],
        ["accepted", undefined, undefined, [], undefined, "006A"],
      );
      match((await failing(store.updateInvitation(sync, "engi-9", { title: "No" }), "missing")).message, /engi-9/u);
    },
  },
  {
    name: "they are listed the soonest to expire first, those that never do last, by status",
    test: async ({ store }) => {
      await store.takeInvitations(sync, [
        { id: "never" },
        { id: "late", expiresAt: 900 },
        { id: "soon", expiresAt: 100, status: "accepted" },
        { id: "next", expiresAt: 500, status: "done" },
      ]);
      const ids = async (status?: readonly InboxInvitation["status"][]): Promise<readonly string[]> =>
        (await store.invitations(sync, status === undefined ? {} : { status })).map(({ id }) => id);
      same(await ids(), ["soon", "next", "late", "never"]);
      same(await ids(["pending", "accepted"]), ["soon", "late", "never"]);
      same([await ids([]), await store.invitations("other")], [[], []]);
    },
  },
  {
    name: "pauses stand until they are resumed; pausing again gives the new reason",
    test: async ({ store, open, clock }) => {
      const crm = { scope: "connection", name: "crm", path: "" } as const;
      const field = { scope: "sync", name: sync, path: "Project.Title" } as const;
      await store.pause({ ...crm, reason: "Expired." });
      clock.advance(10);
      await store.pause({ ...field, reason: "Refused ten times." });
      clock.advance(10);
      await store.pause({ ...crm, reason: "Revoked." });
      same(await (await open()).pauses(), [
        { ...field, reason: "Refused ten times.", at: clock.now() - 10 },
        { ...crm, reason: "Revoked.", at: clock.now() },
      ]);
      same(
        [await store.resume({ ...field, path: "" }), await store.resume(field), await store.resume(field)],
        [false, true, false],
      );
      equal((await store.pauses()).length, 1);
    },
  },
  {
    name: "of many that pause the same thing at once, one is told that it is new; a pause that stands can be left as it is",
    test: async ({ store, open }) => {
      const crm = { scope: "connection", name: "crm", path: "" } as const;
      const stores = [store, await open(), await open()];
      const pauseAll = (reason: string): Promise<readonly boolean[]> =>
        Promise.all(stores.map((one) => one.pause({ ...crm, reason }, { unlessPaused: true })));
      equal((await pauseAll("Expired.")).filter((isNew) => isNew).length, 1);
      same(await pauseAll("Revoked."), [false, false, false]);
      same(
        (await store.pauses()).map(({ reason }) => reason),
        ["Expired."],
      );
      equal(await store.pause({ ...crm, reason: "By hand." }), false);
      equal((await store.pauses())[0]?.reason, "By hand.");
    },
  },
];
