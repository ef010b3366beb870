import { rm } from "node:fs/promises";
import { connectorConformance, type ConformanceWorld } from "@cosell/connector/testing";
import { describe, it } from "@jest/globals";
import { handsOn } from "./__fixtures__/hands.ts";
import { makeFolder } from "./__fixtures__/folder.ts";
import { file } from "./index.ts";

const columns = ["Id", "Name", "Note", "Stage", "AWS_Opportunity_Id"];
const fields = {
  Name: { type: "string", length: 80 },
  Stage: { type: "picklist", values: ["Open", "Won"] },
  AWS_Opportunity_Id: { unique: true },
};

async function folderWorld(name: string, content: string): Promise<ConformanceWorld> {
  const { path, connect, close } = await makeFolder({ [name]: content });
  const objects = { Deal: { file: name, key: "Id", fields } };
  return {
    connection: await connect(objects),
    object: "Deal",
    textField: "Name",
    newRecord: { Stage: "Open" },
    missingRef: "D-999999",
    open: (context) => connect(objects, context),
    secretValues: [],
    picklist: { field: "Stage", value: "Won" },
    recordedErrors: [
      { name: "no file", error: Object.assign(new Error(), { code: "ENOENT" }), kind: "config" },
      { name: "no permission", error: Object.assign(new Error(), { code: "EACCES" }), kind: "permission" },
      {
        name: "full disk",
        error: Object.assign(new Error("jane"), { code: "ENOSPC" }),
        kind: "transient",
        hides: "jane",
      },
      { name: "an ended call", error: new DOMException("", "AbortError"), kind: "aborted" },
    ],
    loseCursor: () => rm(path(`.${name}.cosell-seen`)),
    idempotencyField: "AWS_Opportunity_Id",
    ...handsOn(path(name), columns),
    settle: () => Promise.resolve(),
    close,
  };
}

const noServer = "a file has no server that could fail";
const noCredentials = "a file asks for no credentials";
const skips = {
  "check answers refused credentials with auth, and throws nothing": noCredentials,
  "refused credentials fail every call with auth": noCredentials,
  "changes tells a record with a version nobody knows when a related record changes that it is read with":
    "a row has no related records",
  "a signal ends a call in flight: aborted": "a file answers at once",
  "a server that never answers: a read is transient within its time-out, a write an unknown outcome": noServer,
  "an answer that is lost: a read is transient, a write that happened an unknown outcome": noServer,
  "a server that is gone: transient": noServer,
  "asked too often: throttled or quota, with the pause that the CRM asks for, and not repeated": noServer,
  "an answer that is not the CRM's, such as a proxy's page: a failure that does not repeat it": noServer,
};

describe("A CSV file keeps the contract", () => {
  const makeWorld = (): Promise<ConformanceWorld> => folderWorld("deals.csv", `${columns.join(",")}\n`);
  connectorConformance({ it, connector: file, makeWorld, skips });
});

describe("A file of JSON lines keeps the contract", () => {
  const makeWorld = (): Promise<ConformanceWorld> => folderWorld("deals.jsonl", "");
  connectorConformance({ it, connector: file, makeWorld, skips });
});
