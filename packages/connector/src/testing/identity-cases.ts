import assert from "node:assert/strict";
import { specVersion } from "../connector.ts";
import { type ConformanceCase, createRecord } from "./conformance-case.ts";
import { failureFrom } from "./failing.ts";

/** Who the connector is, and how records are called. */
export const identityCases: readonly ConformanceCase[] = [
  {
    name: "is written for this version of the contract",
    run: async ({ connector }) => {
      assert.equal(connector.specVersion, specVersion);
      assert.match(connector.name, /^[a-z][a-z0-9-]*$/);
      assert.ok(connector.capabilities.readBatch > 0 && connector.capabilities.writeBatch > 0);
    },
  },
  {
    name: "canonicalRef keeps a canonical ref and refuses what is no id",
    run: async (context) => {
      const { connection } = context;
      const ref = await createRecord(context, "one");
      assert.equal(connection.canonicalRef(ref), ref);
      for (const nonsense of ["", " ", "no id'; DROP"])
        assert.equal((await failureFrom(() => connection.canonicalRef(nonsense))).kind, "invalid");
    },
  },
  {
    name: "recordUrl gives an address at which a person finds the record, where there is one",
    run: async (context) => {
      const ref = await createRecord(context, "one");
      const { connection, object } = context;
      if (!connection.recordUrl) return;
      const address = new URL(connection.recordUrl(object, ref));
      assert.match(address.protocol, /^https?:$/);
      assert.ok(address.href.includes(encodeURIComponent(ref)), "the address does not name the record");
    },
  },
];
