import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { manualClock } from "../kernel/index.ts";
import { startEmulators, type RunningEmulators } from "../start.ts";

let world: RunningEmulators;
beforeEach(async () => {
  world = await startEmulators({ clock: manualClock(Date.parse("2026-01-15T09:00:00Z")) });
});
afterEach(() => world.close());

const accounts = ["111122223333", "444455556666"];

async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(world.admin.url + path, init);
  return { status: response.status, body: await response.json() };
}

async function account(operation: string, body: object): Promise<Record<string, unknown>> {
  const url = `${world.partnerCentralAccount.url}/${operation}`;
  const response = await fetch(url, { method: "POST", body: JSON.stringify({ Catalog: "Sandbox", ...body }) });
  return (await response.json()) as Record<string, unknown>;
}

describe("the admin face, for the Account API", () => {
  it("shows the code that was sent, keeps the state, and takes it back", async () => {
    await account("SendEmailVerificationCode", { Email: "ada@example.com" });
    const { body: kept } = await ask("GET", "/state");
    expect(kept).toMatchObject({
      partnerCentralAccount: { emailCodes: [{ email: "ada@example.com", code: expect.stringMatching(/^\d{6}$/) }] },
    });

    await ask("POST", "/reset");
    expect((await ask("GET", "/state")).body).toMatchObject({ partnerCentralAccount: { emailCodes: [] } });
    const { partnerCentralAccount } = kept as { partnerCentralAccount: object };
    expect((await ask("PUT", "/state", { partnerCentralAccount })).status).toBe(200);
    expect((await ask("GET", "/state")).body).toMatchObject({ partnerCentralAccount });
    expect((await ask("PUT", "/state", { partnerCentralAccount: { letters: [] } })).status).toBe(400);
  });

  it("connects two accounts, and says what is wrong with two that it cannot", async () => {
    await ask("POST", "/connect", { accounts });
    const { ConnectionSummaries } = await account("ListConnections", {});
    expect(ConnectionSummaries).toMatchObject([{ OtherParticipantAccountId: accounts[1] }]);
    expect((await ask("POST", "/connect", { accounts: ["1", "2"] })).status).toBe(400);
    expect((await ask("POST", "/connect", { accounts, type: "FRIENDSHIP" })).status).toBe(400);
  });

  it("lets a person complete a verification", async () => {
    await account("StartVerification", {});
    const edit = (fields: object) =>
      ask("POST", "/edit", {
        server: "partnerCentralAccount",
        object: "Verification",
        id: "111122223333/REGISTRANT_VERIFICATION",
        fields,
      });
    expect((await edit({ VerificationStatus: "SUCCEEDED" })).status).toBe(200);
    expect(await account("GetVerification", { VerificationType: "REGISTRANT_VERIFICATION" })).toMatchObject({
      VerificationStatus: "SUCCEEDED",
    });
    expect((await edit({ Name: "Ada" })).body).toMatchObject({ error: { message: expect.stringContaining("Name") } });
  });

  it("changes settings, and refuses those that are not", async () => {
    const change = { partnerCentralAccount: { taskDelayMs: 5000 } };
    expect((await ask("PUT", "/settings", change)).body).toMatchObject(change);
    expect((await ask("PUT", "/settings", { partnerCentralAccount: { speed: 1 } })).status).toBe(400);
  });
});
