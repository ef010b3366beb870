import assert from "node:assert/strict";
import { FailureError } from "../failure.ts";
import { type ConformanceCase, offered } from "./conformance-case.ts";

const circular: Record<string, unknown> = {};
circular["cause"] = circular;

const oddities: readonly unknown[] = [
  undefined,
  null,
  0,
  "",
  "text",
  Symbol("odd"),
  [],
  {},
  { message: 1, name: 2, code: {}, errors: "none", data: [[[]]] },
  new Error("plain"),
  new TypeError("fetch failed", { cause: new AggregateError([]) }),
  circular,
  Object.create(null),
  Object.defineProperty({}, "name", { get: () => assert.fail("a getter that throws") }),
  new Proxy({}, { get: () => assert.fail("a proxy that throws"), has: () => assert.fail("a proxy that throws") }),
];

/** Errors become failures, all of them. */
export const classifyCases: readonly ConformanceCase[] = [
  {
    name: "classify makes a failure of anything",
    run: async ({ connector }) => {
      for (const oddity of oddities) {
        const failure = connector.classify(oddity);
        assert.ok(failure.kind.length > 0 && failure.message.length > 0);
      }
    },
  },
  {
    name: "classify keeps a failure that is one already",
    run: async ({ connector }) => {
      const failure = { kind: "throttled", message: "Wait.", retryAfterMs: 5 } as const;
      assert.deepEqual(connector.classify(new FailureError(failure)), failure);
    },
  },
  {
    name: "classify takes the CRM's recorded errors for what they are, without their values",
    run: async (context) => {
      const recorded = offered(context, "recordedErrors");
      assert.ok(recorded.length > 0, "`recordedErrors` is empty");
      for (const { name, error, kind, hides } of recorded) {
        const failure = context.connector.classify(error);
        assert.equal(failure.kind, kind, name);
        assert.ok(failure.message.length > 0, name);
        if (hides !== undefined) assert.ok(!JSON.stringify(failure).includes(hides), `${name}: repeats the value`);
      }
    },
  },
  {
    name: "classify does not repeat the text of an unknown error",
    run: async ({ connector }) => {
      const failure = connector.classify(new Error("token 00Dx-very-secret for jane@example.com"));
      assert.equal(failure.kind, "bug");
      assert.doesNotMatch(JSON.stringify(failure), /very-secret|jane@example/);
    },
  },
];
