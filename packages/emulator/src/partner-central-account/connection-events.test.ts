import { parseEvent } from "@cosell/partner-central";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { accounts, Catalog, emulateAccount, type EmulatedAccount } from "./testing/emulated-account.ts";

let world: EmulatedAccount;
let seen: number;
beforeEach(async () => {
  world = await emulateAccount();
  await world.published(world.one, "Partner One");
  await world.published(world.two, "Partner Two");
  seen = world.events.last;
});
afterEach(() => world.close());

const purpose = { Catalog, ConnectionType: "OPPORTUNITY_COLLABORATION" } as const;
const invite = async (): Promise<string> => {
  const { Id = "" } = await world.one.createConnectionInvitation({
    ...purpose,
    ...{ Email: "one@example.com", Name: "Partner One", Message: "Let us sell together." },
    ReceiverIdentifier: accounts.two,
  });
  return Id;
};

/** The events since the last time: to whom, and what. */
const news = (): readonly (readonly [string, string])[] => {
  const events = world.events.since(seen);
  seen = world.events.last;
  return events.map(({ event }) => [event.account, event["detail-type"].replace("Partner Connection ", "")]);
};

describe("events of connections", () => {
  it("tell the receiver of an invitation, both of its acceptance, and the other one of the end", async () => {
    const Identifier = await invite();
    expect(news()).toEqual([[accounts.two, "Invitation Received"]]);

    const { Connection } = await world.two.acceptConnectionInvitation({ Catalog, Identifier, ClientToken: "a" });
    expect(news()).toEqual([
      [accounts.one, "Invitation Accepted"],
      [accounts.two, "Invitation Accepted"],
    ]);
    await world.two.acceptConnectionInvitation({ Catalog, Identifier, ClientToken: "a" });
    expect(news()).toEqual([]);

    await world.one.cancelConnection({ ...purpose, Identifier: Connection?.Id, Reason: "The project is over." });
    expect(news()).toEqual([[accounts.two, "Cancelled"]]);
  });

  it("tell the sender of a rejection, and the receiver of an invitation that is taken back", async () => {
    await world.two.rejectConnectionInvitation({ Catalog, Identifier: await invite() });
    expect(news()).toEqual([
      [accounts.two, "Invitation Received"],
      [accounts.one, "Invitation Rejected"],
    ]);

    await world.one.cancelConnectionInvitation({ Catalog, Identifier: await invite() });
    expect(news()).toEqual([
      [accounts.two, "Invitation Received"],
      [accounts.two, "Invitation Cancelled"],
    ]);
  });

  it("tell both once that nobody answered, though nobody calls", async () => {
    await invite();
    news();
    world.clock.advance(16 * 24 * 3600 * 1000);
    expect(news()).toEqual([
      [accounts.one, "Invitation Expired"],
      [accounts.two, "Invitation Expired"],
    ]);
    await world.one.listConnectionInvitations({ Catalog });
    world.clock.advance(1000);
    expect(news()).toEqual([]);
  });

  it("look as AWS's guide prints them, and are understood", async () => {
    const id = await invite();
    const arn = `arn:aws:partnercentral:us-east-1::catalog/Sandbox/connection-invitation/${id}`;
    const [received] = world.events.since(seen).map(({ event }) => event);
    expect(received).toMatchObject({
      ...{ version: "0", source: "aws.partnercentral-account", account: accounts.two, resources: [arn] },
      detail: {
        catalog: "Sandbox",
        connectionInvitation: {
          ...{ arn, id, connectionType: "OpportunityCollaboration", inviterEmail: "one@example.com" },
          ...{ invitationMessage: "Let us sell together.", senderCompanyName: "Partner One" },
          ...{ senderProfileId: expect.stringMatching(/^pprofile-/), expiresAt: expect.stringMatching(/^2026-01-30T/) },
        },
      },
    });
    expect(parseEvent(received)).toMatchObject({ catalog: "Sandbox", opportunityIds: [], connectionInvitationId: id });

    const { Connection } = await world.two.acceptConnectionInvitation({ Catalog, Identifier: id });
    const accepted = world.events.since(seen).at(-1)?.event;
    expect(accepted?.detail).toMatchObject({
      connection: {
        ...{ id: Connection?.Id, Participant1AccountId: accounts.one, Participant2AccountId: accounts.two },
        status: "ACTIVE",
      },
    });
    expect(parseEvent({ Body: JSON.stringify(accepted) })).toMatchObject({
      connectionInvitationId: id,
      connectionId: Connection?.Id,
    });
  });
});
