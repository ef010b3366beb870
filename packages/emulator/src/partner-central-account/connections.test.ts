import type { PartnerCentralAccount } from "@aws-sdk/client-partnercentral-account";
import { paginateListConnectionInvitations } from "@aws-sdk/client-partnercentral-account";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { JsonObject } from "../kernel/index.ts";
import { accounts, Catalog, emulateAccount, type EmulatedAccount } from "./testing/emulated-account.ts";

let world: EmulatedAccount;
beforeEach(async () => {
  world = await emulateAccount();
});
afterEach(() => world.close());

const inviteAs = (client: PartnerCentralAccount, ReceiverIdentifier: string, change: object = {}) =>
  client.createConnectionInvitation({
    Catalog,
    ConnectionType: "OPPORTUNITY_COLLABORATION",
    Email: "one@example.com",
    Name: "Partner One",
    Message: "Let us sell together.",
    ReceiverIdentifier,
    ...change,
  });
const invite = (change: object = {}) => inviteAs(world.one, accounts.two, change);
const profiles = async (): Promise<readonly [string, string]> => {
  const [one, two] = [await world.published(world.one, "Partner One"), await world.published(world.two, "Partner Two")];
  return [one, two];
};
const reason = (Reason: string) => expect.objectContaining({ Reason });

describe("a connection of two partners", () => {
  it("goes from the invitation over the acceptance to its end", async () => {
    await profiles();
    const sent = await invite();
    expect(sent).toMatchObject({
      Status: "PENDING",
      ParticipantType: "SENDER",
      OtherParticipantIdentifier: accounts.two,
      ExpiresAt: new Date(world.clock.now() + 15 * 24 * 3600 * 1000),
    });

    const got = await world.two.listConnectionInvitations({ Catalog, ParticipantType: "RECEIVER" });
    expect(got.ConnectionInvitationSummaries).toMatchObject([
      { Id: sent.Id, Status: "PENDING", OtherParticipantIdentifier: accounts.one },
    ]);
    const Identifier = sent.Id ?? "";
    await expect(world.one.acceptConnectionInvitation({ Catalog, Identifier })).rejects.toEqual(
      reason("ACCESS_DENIED"),
    );
    const { Connection } = await world.two.acceptConnectionInvitation({ Catalog, Identifier });
    expect(Connection).toMatchObject({
      OtherParticipantAccountId: accounts.one,
      ConnectionTypes: {
        OPPORTUNITY_COLLABORATION: {
          Status: "ACTIVE",
          InviterEmail: "one@example.com",
          OtherParticipant: { PartnerProfile: { Name: "Partner One" } },
        },
      },
    });
    expect(await world.one.getConnectionInvitation({ Catalog, Identifier })).toMatchObject({
      Status: "ACCEPTED",
      ConnectionId: Connection?.Id,
    });
    await expect(invite()).rejects.toEqual(reason("DUPLICATE_CONNECTION"));

    const Reason = "The project is over.";
    const cancel = (client: PartnerCentralAccount) =>
      client.cancelConnection({
        Catalog,
        Identifier: Connection?.Id,
        ConnectionType: "OPPORTUNITY_COLLABORATION",
        Reason,
      });
    expect((await world.one.listConnections({ Catalog })).ConnectionSummaries).toHaveLength(1);
    await cancel(world.one);
    await expect(cancel(world.two)).rejects.toEqual(reason("INCOMPATIBLE_CONNECTION_STATE"));
    expect((await world.two.listConnections({ Catalog })).ConnectionSummaries).toEqual([]);
    expect(await world.two.getConnection({ Catalog, Identifier: Connection?.Id })).toMatchObject({
      ConnectionTypes: { OPPORTUNITY_COLLABORATION: { Status: "CANCELED", CanceledBy: accounts.one } },
    });
    const ended = "OPPORTUNITY_COLLABORATION:CANCELED";
    expect((await world.two.listConnections({ Catalog, ConnectionType: ended })).ConnectionSummaries).toHaveLength(1);
  });

  it("has several purposes, one connection", async () => {
    await profiles();
    const first = await invite();
    const second = await invite({ ConnectionType: "SUBSIDIARY" });
    const accept = (Identifier: string | undefined) => world.two.acceptConnectionInvitation({ Catalog, Identifier });
    const [one, two] = [await accept(first.Id), await accept(second.Id)];
    expect(two.Connection?.Id).toBe(one.Connection?.Id);
    expect(Object.keys(two.Connection?.ConnectionTypes ?? {})).toEqual(["OPPORTUNITY_COLLABORATION", "SUBSIDIARY"]);
  });

  it("opens the Selling API's invitations to opportunities", async () => {
    const both = {
      accounts: [accounts.one, accounts.two],
      catalog: Catalog,
      type: "OPPORTUNITY_COLLABORATION",
    } as const;
    await profiles();
    const { Id: Identifier } = await invite();
    expect(world.partnerCentral.account.isConnected(both)).toBe(false);
    await world.two.acceptConnectionInvitation({ Catalog, Identifier });
    expect(world.partnerCentral.account.isConnected(both)).toBe(true);
    expect(world.partnerCentral.account.isConnected({ ...both, catalog: "AWS" })).toBe(false);
  });
});

describe("connection invitations", () => {
  it("need a published profile on both sides, and another account", async () => {
    await expect(invite()).rejects.toEqual(reason("SENDER_PROFILE_NOT_FOUND"));
    await world.published(world.one, "Partner One");
    await world.partner(world.two, "Partner Two");
    await expect(invite()).rejects.toEqual(reason("RECEIVER_PROFILE_NOT_FOUND"));
    await expect(inviteAs(world.one, "pprofile-0000000000000")).rejects.toEqual(reason("RECEIVER_PROFILE_NOT_FOUND"));
    await expect(inviteAs(world.one, accounts.one)).rejects.toMatchObject({
      ErrorDetails: [{ BusinessValidationError: { Code: "INCOMPATIBLE_CONNECTION_INVITATION_REQUEST" } }],
    });
  });

  it("find their receiver by its profile, too", async () => {
    const [, two] = await profiles();
    const { Profile } = await world.two.getPartner({ Catalog, Identifier: two });
    await inviteAs(world.one, Profile?.ProfileId ?? "");
    expect((await world.two.listConnectionInvitations({ Catalog })).ConnectionInvitationSummaries).toHaveLength(1);
    const named = { Catalog, OtherParticipantIdentifiers: [Profile?.ProfileId ?? ""] };
    expect((await world.one.listConnectionInvitations(named)).ConnectionInvitationSummaries).toHaveLength(1);
  });

  it("are one at a time, whoever asks, until they are rejected, cancelled or too old", async () => {
    await profiles();
    const first = await invite();
    await expect(inviteAs(world.two, accounts.one)).rejects.toEqual(reason("DUPLICATE_CONNECTION_INVITATION"));
    await world.two.rejectConnectionInvitation({ Catalog, Identifier: first.Id, Reason: "Not now" });
    await expect(world.two.acceptConnectionInvitation({ Catalog, Identifier: first.Id })).rejects.toEqual(
      reason("INCOMPATIBLE_CONNECTION_INVITATION_STATE"),
    );
    const second = await invite();
    expect(await world.one.cancelConnectionInvitation({ Catalog, Identifier: second.Id })).toMatchObject({
      Status: "CANCELED",
    });
    const third = await invite();
    world.clock.advance(15 * 24 * 3600 * 1000);
    const expired = await world.two.listConnectionInvitations({ Catalog, Status: "EXPIRED" });
    expect(expired.ConnectionInvitationSummaries?.map(({ Id }) => Id)).toEqual([third.Id]);
    await invite();
  });

  it("obey the receiver's preferences, which have a revision", async () => {
    const [one] = await profiles();
    const before = await world.two.getConnectionPreferences({ Catalog });
    expect(before).toMatchObject({ AccessType: "ALLOW_ALL", Revision: 1 });
    const set = (AccessType: "DENY_ALL" | "ALLOW_BY_DEFAULT_DENY_SOME", Revision: number) =>
      world.two.updateConnectionPreferences({ Catalog, AccessType, Revision, ExcludedParticipantIdentifiers: [one] });
    expect(await set("ALLOW_BY_DEFAULT_DENY_SOME", 1)).toMatchObject({ Revision: 2, ExcludedParticipantIds: [one] });
    await expect(set("DENY_ALL", 1)).rejects.toEqual(reason("INCOMPATIBLE_CONNECTION_PREFERENCES_REVISION"));
    await expect(invite()).rejects.toEqual(reason("INCOMPATIBLE_CONNECTION_INVITATION_RECEIVER"));
  });

  it("are the same for the same token, and a conflict for another body with it", async () => {
    await profiles();
    const ClientToken = "token-1";
    const first = await invite({ ClientToken });
    expect((await invite({ ClientToken })).Id).toBe(first.Id);
    await expect(invite({ ClientToken, Message: "Again" })).rejects.toMatchObject({
      name: "ConflictException",
      Reason: "CONFLICT_CLIENT_TOKEN",
    });
  });

  it("come page by page", async () => {
    world.partnerCentral.account.configure({ connectionsNeedProfile: false });
    for (let count = 0; count < 5; count++) await inviteAs(world.one, `00000000000${count}`);
    const sizes: number[] = [];
    const others: unknown[] = [];
    for await (const page of paginateListConnectionInvitations({ client: world.one, pageSize: 2 }, { Catalog })) {
      sizes.push(page.ConnectionInvitationSummaries?.length ?? 0);
      others.push(...(page.ConnectionInvitationSummaries ?? []).map((one) => one.OtherParticipantIdentifier));
    }
    expect(sizes).toEqual([2, 2, 1]);
    expect(others).toEqual([4, 3, 2, 1, 0].map((count) => `00000000000${count}`));
    await expect(world.one.listConnectionInvitations({ Catalog, NextToken: "mine" })).rejects.toMatchObject({
      ErrorDetails: [{ FieldValidationError: { Name: "NextToken", Code: "INVALID_VALUE" } }],
    });
  });

  it("are fifty a day, once quotas are on", async () => {
    world.partnerCentral.account.configure({ connectionsNeedProfile: false });
    const numbered = (count: number) => inviteAs(world.one, String(100_000_000_000 + count));
    for (let count = 0; count < 50; count++) await numbered(count);
    world.partnerCentral.configure({ quotas: true });
    await expect(numbered(50)).rejects.toMatchObject({
      name: "ServiceQuotaExceededException",
      Reason: "LIMIT_EXCEEDED_NUMBER_OF_CONNECTION_INVITATION_PER_DAY",
    });
    world.clock.advance(24 * 3600 * 1000);
    await numbered(50);
  });
});

describe("qualifications", () => {
  const call = async (operation: string, body: JsonObject, as: "one" | "two" = "one") =>
    (await world.post(operation, { Catalog, ...body }, as)).body;

  it("are associated with a primary partner and disassociated again", async () => {
    const [one, two] = await profiles();
    const associate = () =>
      call("StartQualificationsAssociationTask", { Identifier: one, PrimaryPartner: { AccountId: accounts.two } });
    const code = (Code: string) => ({ ErrorDetails: [{ BusinessValidationError: { Code } }] });
    expect(await associate()).toMatchObject(code("MISSING_ACTIVE_SUBSIDIARY_CONNECTION"));
    world.partnerCentral.account.connect({ accounts: [accounts.one, accounts.two], type: "SUBSIDIARY" });
    expect(await associate()).toMatchObject({
      Status: "IN_PROGRESS",
      TaskId: expect.stringMatching(/^pqatask-/),
      PrimaryPartner: { AccountId: accounts.two, ProfileId: expect.stringMatching(/^pprofile-/) },
    });

    expect(await call("GetQualificationsAssociationTask", { Identifier: one })).toMatchObject({ Status: "SUCCEEDED" });
    const details = { Status: "ASSOCIATED", AssociatedPartners: [{ AccountId: accounts.one }] };
    expect(await call("GetQualificationsAssociationDetails", { Identifier: one })).toMatchObject(details);
    expect(await call("GetQualificationsAssociationDetails", { Identifier: two }, "two")).toMatchObject(details);
    expect(await associate()).toMatchObject(code("QUALIFICATIONS_ASSOCIATION_EXISTS"));

    const leave = (Identifier: string, AccountId: string, as: "one" | "two") =>
      call("StartQualificationsDisassociationTask", { Identifier, AssociatedPartner: { AccountId } }, as);
    expect(await leave(two, accounts.one, "two")).toMatchObject(code("INCOMPATIBLE_PRIMARY_PARTNER"));
    expect(await leave(one, accounts.two, "one")).toMatchObject({ Status: "IN_PROGRESS" });
    expect(await call("GetQualificationsDisassociationTask", { Identifier: one })).toMatchObject({
      Status: "SUCCEEDED",
    });
    expect(await call("GetQualificationsAssociationDetails", { Identifier: one })).toEqual({
      Catalog,
      Arn: expect.any(String),
      Id: one,
      Status: "NOT_ASSOCIATED",
    });
    expect(await leave(one, accounts.two, "one")).toMatchObject(code("QUALIFICATIONS_ASSOCIATION_NOT_FOUND"));
  });
});
