import assert from "node:assert/strict";
import { type ConformanceCase, offered } from "./conformance-case.ts";
import { failureFrom } from "./failing.ts";

/** Configurations that no connector can mean. */
const nonsense: readonly unknown[] = [undefined, null, 7, "text", [], { no_such_member: 1 }];

/** The configuration, the credentials in it, and the CRM's budget. */
export const credentialsCases: readonly ConformanceCase[] = [
  {
    name: "config refuses nonsense and members that it does not know, and never throws",
    run: async ({ connector }) => {
      for (const value of nonsense) {
        const { issues = [] } = await connector.config["~standard"].validate(value);
        assert.ok(issues.length > 0, `accepts ${JSON.stringify(value)}`);
        for (const { message } of issues) assert.ok(message.length > 0);
      }
    },
  },
  {
    name: "check tells user and organization",
    run: async ({ connection }) => {
      const check = await connection.check();
      assert.ok(check.ok, check.ok ? "" : check.failure.message);
      assert.ok(check.user.length > 0 && check.organization.length > 0);
    },
  },
  {
    name: "check answers refused credentials with auth, and throws nothing",
    run: async (context) => {
      const refused = await offered(context, "openRefused")();
      try {
        const check = await refused.check();
        assert.ok(!check.ok && check.failure.kind === "auth", check.ok ? "ok" : check.failure.kind);
      } finally {
        await refused.close();
      }
    },
  },
  {
    name: "refused credentials fail every call with auth",
    run: async (context) => {
      const { object, textField, missingRef } = context;
      const refused = await offered(context, "openRefused")();
      try {
        const match = { equals: ["x"] };
        for (const call of [
          () => refused.describe(object),
          () => refused.changes({ object }),
          () => refused.read({ object, refs: [missingRef], fields: [textField] }),
          () => refused.find({ object, field: textField, match }),
        ])
          assert.equal((await failureFrom(call)).kind, "auth");
      } finally {
        await refused.close();
      }
    },
  },
  {
    name: "quota is unknown, or a number of calls and their limit",
    run: async ({ connection }) => {
      await connection.check();
      const quota = await connection.quota();
      assert.ok(quota === undefined || (quota.used >= 0 && quota.limit > 0));
    },
  },
];
