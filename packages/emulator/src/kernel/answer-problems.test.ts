import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createPartnerCentral } from "../partner-central/partner-central.ts";
import { answerProblemsVariable, noteProblems } from "./answer-problems.ts";
import { manualClock } from "./clock.ts";

const partnerCentral = createPartnerCentral({ clock: manualClock(0) });
const right = { status: 200, body: { Id: "O1000001", LastModifiedDate: "2026-01-15T09:00:00Z" } };
const wrong = { status: 200, body: { Id: "O1000001", LastModifiedDate: 1_768_467_600 } };

let folder: string;
let file: string;
let before: string | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cosell-problems-"));
  file = join(folder, "problems.txt");
  before = process.env[answerProblemsVariable];
  process.env[answerProblemsVariable] = file;
});
afterEach(() => {
  if (before === undefined) Reflect.deleteProperty(process.env, answerProblemsVariable);
  else process.env[answerProblemsVariable] = before;
  rmSync(folder, { recursive: true, force: true });
});

describe("noteProblems", () => {
  it("writes down what AWS's model does not allow, once, and nothing of what it allows", () => {
    noteProblems(partnerCentral, "UpdateOpportunity", right);
    expect(existsSync(file)).toBe(false);

    noteProblems(partnerCentral, "UpdateOpportunity", wrong);
    noteProblems(partnerCentral, "UpdateOpportunity", wrong);
    expect(readFileSync(file, "utf8")).toMatch(
      /^partnerCentralSelling UpdateOpportunity \(200\) LastModifiedDate: Must be a timestamp[^\n]*\n$/,
    );
  });

  it("does nothing while nobody wants to know", () => {
    Reflect.deleteProperty(process.env, answerProblemsVariable);
    noteProblems(partnerCentral, "UpdateOpportunity", wrong);
    expect(existsSync(file)).toBe(false);
  });

  it("holds each API against its own model", () => {
    noteProblems(partnerCentral.account, "GetConnectionPreferences", { status: 200, body: { Revision: "1" } });
    expect(readFileSync(file, "utf8")).toContain("partnerCentralAccount GetConnectionPreferences (200) Revision");
  });
});
