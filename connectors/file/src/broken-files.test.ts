import { describe, expect, it } from "@jest/globals";
import { FailureError } from "@cosell/connector";
import { makeFolder } from "./__fixtures__/folder.ts";

async function complaintAbout(name: string, content: string | Uint8Array, settings: object = {}): Promise<string> {
  const { connect, close } = await makeFolder({ [name]: content });
  const connection = await connect({ Deal: { file: name, key: "Id", ...settings } });
  try {
    await connection.changes({ object: "Deal" });
    return "nothing";
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    expect(error.failure.kind).toBe("config");
    expect(error.message).not.toContain("Octank");
    return error.message;
  } finally {
    await close();
  }
}

describe("a file that cannot be understood is refused with file and line", () => {
  it.each([
    ["a row that is too long", "Id,Name\n1,Octank\n2,Octank,more\n", /^deals\.csv:3 .*more or fewer/],
    ["a row that is cut off", "Id,Name,Note\n1,Octank,x\n2,Oct", /^deals\.csv:3 .*more or fewer/],
    ["an open quotation mark", 'Id,Name\n1,"Octank\n2,x\n', /^deals\.csv:\d .*not closed/],
    ["a quotation mark in a value", 'Id,Name\n1,Oct"ank\n', /^deals\.csv:2 .*quotation mark/],
    ["a key that is missing", "Id,Name\n1,Octank\n,Octank\n", /^deals\.csv:3 The key 'Id' is missing/],
    ["a key with blanks", "Id,Name\na b,Octank\n", /^deals\.csv:2 .*malformed/],
    ["a key that is there twice", "Id,Name\n1,Octank\n\n1,Octank\n", /^deals\.csv:4 .*line 2 already/],
    ["a key after a row of several lines", 'Id,Name\n1,"Octank\nLtd"\n1,x\n', /^deals\.csv:4 .*line 2 already/],
    ["no key column", "ID,Name\n1,Octank\n", /^deals\.csv:1 .*write 'ID'/],
    ["another delimiter", "Id;Name\n1;Octank\n", /^deals\.csv:1 .*delimiter/],
    ["a column without a name", "Id,,Name\n", /^deals\.csv:1 A column has no name/],
    ["two columns of one name", "Id,Name,Name\n", /^deals\.csv:1 Two columns are called 'Name'/],
    ["nothing at all", "", /^deals\.csv:1 The file is empty/],
    ["another encoding", Buffer.from("Id,Name\n1,x\n2,Z\xfcrich Octank\n", "latin1"), /^deals\.csv:1 .*windows-1252/],
  ])("%s", async (_, content, message) => {
    expect(await complaintAbout("deals.csv", content)).toMatch(message);
  });

  it.each([
    ["no JSON", '{"Id":"1"}\n{"Id":', /^deals\.jsonl:2 .*no JSON/],
    ["no object", '{"Id":"1"}\n\n["Octank"]\n', /^deals\.jsonl:3 .*no object/],
    ["no key", '{"Id":"1"}\n{"Name":"Octank"}\n', /^deals\.jsonl:2 The key/],
    ["a key twice", '{"Id":1}\n{"Id":"1"}\n', /^deals\.jsonl:2 .*line 1 already/],
  ])("JSON lines: %s", async (_, content, message) => {
    expect(await complaintAbout("deals.jsonl", content)).toMatch(message);
  });

  it("a file that is gone is no file whose records were deleted", async () => {
    const { connect, close, path } = await makeFolder({ "deals.csv": "Id,Name\n1,Octank\n" });
    const connection = await connect({ Deal: { file: "deals.csv", key: "Id" } });
    const first = await connection.changes({ object: "Deal" });
    const { rm } = await import("node:fs/promises");
    await rm(path("deals.csv"));
    const cursor = first.cursorLost ? "" : first.cursor;
    await expect(connection.changes({ object: "Deal", cursor })).rejects.toMatchObject({ failure: { kind: "config" } });
    expect(await connection.check()).toMatchObject({ ok: false, failure: { kind: "config" } });
    await close();
  });
});
