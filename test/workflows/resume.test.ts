import { afterAll, describe, expect, it } from "@jest/globals";
import { FailureError, type JsonObject } from "@cosell/connector";
import { isReadOperation, operationOf } from "@cosell/partner-central/model";
import type { WorkflowCaller } from "@cosell/partner-central/workflows";
import {
  completeDeal,
  completeLead,
  completion,
  connectionInvitation,
  invitation,
  learned,
  partner,
  profile,
  project,
} from "./support/deal.ts";
import { countsOf, notebook, startWorld, type World } from "./support/world.ts";

/** A workflow with a world in which it can be done, and what it must have made there in the end. */
interface Situation {
  readonly name: string;
  readonly prepare: (world: World) => Promise<JsonObject>;
}

const situations: readonly Situation[] = [
  {
    name: "co-sell",
    prepare: async () => ({
      opportunity: completeDeal,
      solutions: ["S-0001111"],
      products: ["AWSAppRunner"],
      assignee: { FirstName: "O", LastName: "O", Email: "o@partner.example.com", BusinessTitle: "OpportunityOwner" },
    }),
  },
  {
    name: "engagement",
    prepare: async ({ client }) => {
      const { Id } = await client.createOpportunity({ ...completeDeal, ClientToken: "draft" });
      await client.associateOpportunity(Id, "Solutions", "S-0001111");
      return { opportunity: Id };
    },
  },
  {
    name: "lead",
    prepare: async ({ partnerCentral }) => ({
      invitation: partnerCentral.refer({ lead: completeLead }).invitation,
      lead: learned,
      opportunity: completion,
      solutions: ["S-0001111"],
    }),
  },
  {
    name: "prospect",
    prepare: async ({ client }) => {
      const input = { ClientToken: "one", Title: "T", Description: "D", Contexts: [project] };
      return { engagements: [(await client.call("CreateEngagement", input))["Id"] ?? ""], name: "Autumn" };
    },
  },
  {
    name: "collaborate",
    prepare: async ({ client, partnerCentral }) => {
      partnerCentral.account.connect({ accounts: [us, them] });
      return {
        title: "Move the shop",
        description: "Two partners move a shop.",
        contexts: [project],
        invitations: [invitation],
        opportunity: (await client.createOpportunity({ ...completeDeal, ClientToken: "draft" })).Id,
      };
    },
  },
  {
    name: "connect invite",
    prepare: async () => ({ receiver: them, email: "ada@partnerone.example.com", name: "Ada", message: "Hello." }),
  },
  {
    name: "connect accept",
    prepare: async ({ partnerAccount }) => {
      const { Id } = await partnerAccount.call("CreateConnectionInvitation", connectionInvitation(us));
      return { invitation: Id ?? "" };
    },
  },
  {
    name: "connect preferences",
    prepare: async () => ({ access: "ALLOW_BY_DEFAULT_DENY_SOME", excluded: [them] }),
  },
  {
    name: "account",
    prepare: async ({ account, partnerCentral }) => {
      const { Email } = partner["AllianceLeadContact"] as { readonly Email: string };
      await account.call("SendEmailVerificationCode", { Email });
      const { code = "" } = partnerCentral.account.emailCode(Email) ?? {};
      return { partner, code, profile, visibility: "PUBLIC", trainingEmail: Email, trainingCode: code };
    },
  },
];
const us = "111122223333";
const them = "444455556666";

/** Where a run may stop: at a save, before or after it took effect, or at a call, in three ways. */
type Crash =
  | { readonly at: "save"; readonly count: number; readonly kept: boolean }
  | {
      readonly at: "call";
      readonly count: number;
      readonly how: "abort" | "reset-before-commit" | "reset-after-commit" | "server-error-after-commit";
    };

interface Ending {
  readonly status: string;
  readonly summary: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly interactions: number;
  /** The operations that were called, in order. */
  readonly calls: readonly string[];
  readonly saves: number;
}

/** Runs the workflow in a new world, crashing once if told to, and again with the same memory until it ends. */
async function endingOf({ name, prepare }: Situation, crash?: Crash): Promise<Ending> {
  const slow = { taskDelayMs: 3000 };
  const world = await startWorld({ ...slow, quotas: false }, { ...slow, connectionsNeedProfile: false });
  try {
    const input = await prepare(world);
    let crashed = false;
    const calls: string[] = [];
    const memory = notebook((count, keep) => {
      if (crash?.at !== "save" || crashed || crash.count !== count) {
        keep();
        return;
      }
      crashed = true;
      if (crash.kept) keep();
      throw new FailureError({ kind: "transient", message: "The disk is gone." });
    });
    const controller = new AbortController();
    const crashing = (caller: WorkflowCaller, service: "selling" | "account"): WorkflowCaller => ({
      call: async (operation, body, options) => {
        calls.push(operation);
        if (crash?.at === "call" && !crashed && crash.count === calls.length) {
          crashed = true;
          if (crash.how === "abort") controller.abort();
          else {
            // Some operations of the Account API have no such error.
            const fails = operationOf(operation, service)?.errors.includes("InternalServerException") === true;
            const kind = crash.how === "server-error-after-commit" && !fails ? "reset-after-commit" : crash.how;
            world.faults.add({ kind, operation, times: 1 });
          }
        }
        return caller.call(operation, body, options);
      },
    });
    const surroundings = {
      ...{ memory, tries: 1 },
      selling: crashing(world.client, "selling"),
      account: crashing(world.account, "account"),
    };
    const first = await world.run(name, input, { ...surroundings, signal: controller.signal }).catch(() => undefined);
    if (crash !== undefined) expect(crashed).toBe(true);
    // Where nothing was kept yet there is nothing to go on with; codes are never kept.
    const secrets = Object.fromEntries(Object.entries(input).filter(([member]) => /code$/i.test(member)));
    const again = memory.record() === undefined ? input : secrets;
    const { outcome } = first ?? (await world.run(name, again, surroundings));
    const leads = Object.values(world.partnerCentral.state().engagements).flatMap(({ contexts }) =>
      contexts.flatMap(({ Payload }) => ((Payload["Lead"] ?? {}) as JsonObject)["Interactions"] ?? []),
    );
    const { status, summary } = outcome;
    const interactions = leads.flat().length;
    return { status, summary, counts: countsOf(world), interactions, calls, saves: memory.saves };
  } finally {
    await world.close();
  }
}

describe.each(situations)("the workflow $name, stopped anywhere", (situation) => {
  const wanted = endingOf(situation);
  const same = async (crash: Crash): Promise<void> => {
    const { status, summary, counts, interactions } = await wanted;
    const ended = await endingOf(situation, crash);
    expect({ crash, ...ended }).toMatchObject({ crash, status, summary, counts, interactions });
  };
  afterAll(() => wanted);

  it.each([true, false])("goes on to the same end after a save that was its last (kept: %s)", async (kept) => {
    const { saves } = await wanted;
    expect(saves).toBeGreaterThan(1);
    for (let count = 1; count <= saves; count += 1) await same({ at: "save", count, kept });
  });

  it.each(["abort", "reset-before-commit", "reset-after-commit", "server-error-after-commit"] as const)(
    "goes on to the same end after any call that ended with %s",
    async (how) => {
      const { calls } = await wanted;
      const counts = calls.flatMap((operation, index) =>
        how === "abort" || !isReadOperation(operation) ? [index + 1] : [],
      );
      expect(counts).not.toEqual([]);
      for (const count of counts) await same({ at: "call", count, how });
    },
  );
});
