import assert from "node:assert/strict";
import { specVersion } from "../connector.ts";
import type { ConformanceCase } from "./conformance-case.ts";
import { failureFrom } from "./failing.ts";

/** Who the connector is, who we are to the CRM, and how records are named. */
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
    name: "check tells user and organization",
    run: async ({ connection }) => {
      const check = await connection.check();
      assert.ok(check.ok, check.ok ? "" : check.failure.message);
      assert.ok(check.user.length > 0 && check.organization.length > 0);
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
  {
    name: "canonicalRef keeps a canonical ref and refuses what is no id",
    run: async ({ connection, create, newRecord, textField }) => {
      const ref = connection.canonicalRef(await create({ ...newRecord, [textField]: "one" }));
      assert.equal(connection.canonicalRef(ref), ref);
      for (const nonsense of ["", " ", "no id'; DROP"])
        assert.equal((await failureFrom(() => connection.canonicalRef(nonsense))).kind, "invalid");
    },
  },
  {
    name: "describe tells the fields of an object",
    run: async ({ connection, object, textField }) => {
      const schema = await connection.describe(object);
      assert.equal(schema.object, object);
      const names = schema.fields.map(({ name }) => name);
      assert.equal(new Set(names).size, names.length, "a field is described twice");
      const field = schema.fields.find(({ name }) => name === textField);
      assert.ok(field, `${textField} is not described`);
      assert.ok(field.creatable && field.updatable);
      assert.ok(field.type === "string" || field.type === "text");
      for (const { path, kind, objects } of schema.relations)
        assert.ok(path.length > 0 && objects.length > 0, `the relation ${path} (${kind}) leads nowhere`);
    },
  },
  {
    name: "describe of an unknown object fails and names it",
    run: async ({ connection }) => {
      const failure = await failureFrom(() => connection.describe("No_Such_Object"));
      assert.ok(failure.kind === "missing" || failure.kind === "config", failure.kind);
      assert.match(failure.message, /No_Such_Object/);
    },
  },
];
