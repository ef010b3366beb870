import assert from "node:assert/strict";
import { inspect } from "node:util";
import type { Connection, WriteOperation } from "../connector.ts";
import { failureOf } from "../failure.ts";
import { type CaseContext, type ConformanceCase, createRecord, offered } from "./conformance-case.ts";
import { recordingLogger } from "./recording-logger.ts";

/** A person's value: it may go to the CRM, and nowhere else. */
const personal = "Jane Roe 555-0199";

/** What a call tells when it fails; nothing when it works. */
async function complaintOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return JSON.stringify(await call(), (key, value: unknown) => (key === "record" ? undefined : value));
  } catch (error) {
    return [failureOf(error), error instanceof Error ? error.message : error];
  }
}

/** Goes through everything that a connection can do, well and badly, and gathers what it says. */
async function everythingSaid(connection: Connection, context: CaseContext, ref: string): Promise<readonly unknown[]> {
  const { object, textField, missingRef } = context;
  const update = (of: string, fields: WriteOperation["fields"]): WriteOperation => ({
    kind: "update",
    object,
    ref: of,
    fields,
  });
  const calls: readonly (() => Promise<unknown>)[] = [
    () => connection.check(),
    () => connection.describe("No_Such_Object"),
    () => connection.changes({ object, cursor: personal }),
    () => connection.changes({ object: "No_Such_Object" }),
    () => connection.read({ object, refs: [ref], fields: [textField] }),
    () => connection.read({ object, refs: [ref], fields: ["No_Such_Field"] }),
    () => connection.find({ object, field: textField, match: { equals: [personal] } }),
    () => connection.find({ object, field: "No_Such_Field", match: { equals: [personal] } }),
    () => connection.write([update(ref, { [textField]: personal }), update(missingRef, { [textField]: personal })]),
    () => connection.write([update(ref, { No_Such_Field: personal })]),
    () => connection.write([update(ref, { [textField]: personal.repeat(20_000) })]),
    () => connection.write([update(ref, { [textField]: { text: personal } })]),
    () => connection.write([{ kind: "create", object: "No_Such_Object", fields: { [textField]: personal } }]),
    () => connection.quota(),
  ];
  const said = [];
  for (const call of calls) said.push(await complaintOf(call));
  return said;
}

/** Nothing confidential leaves a connector but to its CRM. */
export const secrecyCases: readonly ConformanceCase[] = [
  {
    name: "no log line, message or printed connection holds a secret or a record's value",
    run: async (context) => {
      const secrets = offered(context, "secretValues");
      assert.ok(
        secrets.length > 0 || context.connector.secrets.length === 0,
        "`secretValues` is empty, although the connector takes secrets",
      );
      const recorded = recordingLogger();
      const ref = await createRecord(context, personal);
      const connection = await offered(context, "open")({ logger: recorded.logger });
      const said = await everythingSaid(connection, context, ref);
      const refused = await context.openRefused?.();
      const complaints = refused ? await everythingSaid(refused, context, ref) : [];
      await refused?.close();
      const printed = `${inspect(connection, { depth: 8, showHidden: true })} ${JSON.stringify(connection)}`;
      await connection.close();
      for (const hidden of [...secrets, personal])
        for (const [place, found] of Object.entries({
          log: recorded.text(),
          messages: inspect([said, complaints], { depth: 9, maxStringLength: null }),
          printed,
        }))
          assert.ok(
            !found.includes(hidden),
            `found ${hidden === personal ? "a record's value" : "a secret"}: ${place}`,
          );
    },
  },
];
