import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { connectionInvitation } from "./support/deal.ts";
import { idIn, notebook, startWorld, type World } from "./support/world.ts";

const us = "111122223333";
const them = "444455556666";

describe("the workflows connect", () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({}, { connectionsNeedProfile: false });
  });
  afterEach(() => world.close());

  const input = { receiver: them, email: "ada@partnerone.example.com", name: "Ada", message: "Let us sell." };
  const invited = async (): Promise<string> => {
    const { Id } = await world.partnerAccount.call("CreateConnectionInvitation", connectionInvitation(us));
    return Id as string;
  };

  it("invite, and tell the answer when it is there", async () => {
    const memory = notebook();
    const { outcome } = await world.run("connect invite", input, { memory });
    expect(outcome).toMatchObject({ status: "waiting", result: { status: "PENDING" } });

    const Identifier = idIn(outcome, "invitation");
    await world.partnerAccount.call("AcceptConnectionInvitation", { Identifier, ClientToken: "accept" });
    const later = await world.run("connect invite", undefined, { memory });
    expect(later.outcome).toMatchObject({ status: "done", result: { connection: expect.stringMatching(/^pac-/) } });
  });

  it("tell that the other partner rejected, when they wait for it", async () => {
    const selfAnswering: typeof world.account = {
      call: async (operation, body, options) => {
        const answer = await world.account.call(operation, body, options);
        if (operation === "CreateConnectionInvitation") {
          const Identifier = answer["Id"] ?? "";
          await world.partnerAccount.call("RejectConnectionInvitation", { Identifier, ClientToken: "reject" });
        }
        return answer;
      },
    };
    const { outcome } = await world.run("connect invite", input, { account: selfAnswering, waitForPeople: true });
    expect(outcome).toMatchObject({ status: "needs-person", summary: expect.stringContaining("REJECTED") });
  });

  it("accept one, once and for all", async () => {
    const invitation = await invited();
    const first = await world.run("connect accept", { invitation });
    expect(first.outcome).toMatchObject({ status: "done", result: { status: "ACCEPTED" } });
    const again = await world.run("connect accept", { invitation });
    expect(again.outcome).toEqual(first.outcome);
    expect(
      world.partnerCentral.account.isConnected({
        accounts: [us, them],
        catalog: "Sandbox",
        type: "OPPORTUNITY_COLLABORATION",
      }),
    ).toBe(true);
  });

  it("reject one, and refuse to accept it afterwards", async () => {
    const invitation = await invited();
    const { outcome } = await world.run("connect reject", { invitation, reason: "Not now." });
    expect(outcome).toMatchObject({ status: "done", result: { status: "REJECTED" } });
    await expect(world.run("connect accept", { invitation })).rejects.toMatchObject({ failure: { kind: "conflict" } });
  });

  it("take back an invitation, and end a connection", async () => {
    const { outcome } = await world.run("connect invite", input);
    const cancelled = await world.run("connect cancel", { invitation: outcome.result["invitation"] ?? "" });
    expect(cancelled.outcome.status).toBe("done");

    const { outcome: accepted } = await world.run("connect accept", { invitation: await invited() });
    const connection = accepted.result["connection"] ?? "";
    const ended = await world.run("connect cancel", { connection, reason: "The project ended." });
    expect(ended.outcome.status).toBe("done");
    await expect(world.run("connect cancel", { connection })).rejects.toMatchObject({
      failure: { issues: [{ target: "reason" }] },
    });
    const twice = await world.run("connect cancel", { connection, reason: "Again." });
    expect(twice.outcome.status).toBe("done");
  });

  it("list connections and invitations", async () => {
    await world.run("connect accept", { invitation: await invited() });
    await world.run("connect invite", { ...input, type: "SUBSIDIARY" });
    const { outcome } = await world.run("connect list", {});
    expect(outcome.result["found"]).toEqual([
      expect.objectContaining({ kind: "connection", partner: them, state: "OPPORTUNITY_COLLABORATION: ACTIVE" }),
      expect.objectContaining({ kind: "invitation sent", state: "SUBSIDIARY: PENDING" }),
      expect.objectContaining({ kind: "invitation got", state: "OPPORTUNITY_COLLABORATION: ACCEPTED" }),
    ]);
  });

  it("show and set who may invite", async () => {
    const shown = await world.run("connect preferences", {});
    expect(shown.outcome.result).toEqual({ access: "ALLOW_ALL", excluded: [] });
    const change = { access: "ALLOW_BY_DEFAULT_DENY_SOME", excluded: [them] };
    expect((await world.run("connect preferences", change)).outcome.result).toEqual(change);
    await expect(
      world.partnerAccount.call("CreateConnectionInvitation", connectionInvitation(us)),
    ).rejects.toMatchObject({ failure: { kind: "conflict" } });
  });
});
