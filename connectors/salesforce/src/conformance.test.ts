import { Secret } from "@cosell/connector";
import { connectorConformance, type ConformanceWorld, type RecordedError } from "@cosell/connector/testing";
import { describe, it } from "@jest/globals";
import { salesforce } from "./index.ts";
import { startEmulatedOrg } from "./__fixtures__/emulated-org.ts";

const token = "emulator-access-token";
const wrongToken = "a-token-that-nobody-gave";

/** As Salesforce answers and jsforce throws. */
const recordedErrors: readonly RecordedError[] = (
  [
    ["INVALID_SESSION_ID", "Session expired or invalid", "auth"],
    ["INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id", "permission"],
    ["STRING_TOO_LONG", "NextStep: data value too large: call Jane (max length=255)", "invalid"],
    ["ENTITY_IS_DELETED", "entity is deleted", "missing"],
    ["UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record", "transient"],
    ["REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", "quota"],
  ] as const
).map(([errorCode, message, kind]) => ({
  name: errorCode,
  error: Object.assign(new Error(message), { name: errorCode, errorCode, data: { errorCode, message } }),
  kind,
  hides: "call Jane",
}));

async function salesforceWorld(): Promise<ConformanceWorld> {
  const { org, connection, connect, clock, advance, close } = await startEmulatedOrg();
  const account = org.create("Account", { Name: "Octank" });
  return {
    connection,
    object: "Opportunity",
    textField: "Name",
    newRecord: { StageName: "Prospecting", CloseDate: "2026-09-30", AccountId: account },
    missingRef: "006000000000001",
    open: (context, instanceUrl = org.url) =>
      connect({ accessToken: new Secret(token), instanceUrl, timeoutSeconds: 1 }, context),
    openRefused: () => connect({ accessToken: new Secret(wrongToken) }),
    address: org.url,
    secretValues: [token, wrongToken],
    picklist: { field: "StageName", value: "Prospecting" },
    throttledAnswer: {
      status: 403,
      body: '[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"ConcurrentPerOrgLongTxn Limit exceeded."}]',
    },
    recordedErrors,
    loseCursor: async () => {
      advance(15 * 24 * 3_600_000);
    },
    idempotencyField: "AWS_Opportunity_Id__c",
    related: {
      path: "Account.Name",
      change: async () => {
        org.edit("Account", account, { Name: "Octank Group" });
      },
    },
    merging: async () => {
      const loser = org.create("Account", { Name: "Octank Ltd" });
      return {
        object: "Account",
        loser,
        survivor: account,
        merge: async () => {
          org.merge("Account", account, [loser]);
        },
      };
    },
    create: async (fields) => org.create("Opportunity", fields),
    update: async (ref, fields) => {
      org.edit("Opportunity", ref, fields);
    },
    remove: async (ref) => {
      org.remove("Opportunity", ref);
    },
    now: () => clock.now(),
    settle: async () => {
      advance(5000);
    },
    close,
  };
}

describe("Salesforce keeps the contract", () => {
  connectorConformance({ it, connector: salesforce, makeWorld: salesforceWorld });
});
