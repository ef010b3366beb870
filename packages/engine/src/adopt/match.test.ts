import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { candidatesByWebsite, matchByIds, type OpenOpportunity, type OpenRecord, proposalsOf } from "./match.ts";

const record = (crmRef: string, more: Partial<OpenRecord> = {}): OpenRecord => ({
  crmRef,
  storedId: undefined,
  title: undefined,
  domain: undefined,
  ...more,
});
const opportunity = (id: string, more: Partial<OpenOpportunity> = {}): OpenOpportunity => ({
  id,
  crmRef: undefined,
  domain: undefined,
  ...more,
});
const nothingLinked = (): boolean => false;

describe("matchByIds", () => {
  it("joins by the id in the CRM, and by the record's id at AWS", () => {
    const { exact, problems } = matchByIds(
      [record("r1", { storedId: "O1" }), record("r2")],
      [opportunity("O1"), opportunity("O2", { crmRef: "r2" })],
      nothingLinked,
    );
    expect(exact.map(({ crmRef, opportunityId, by }) => [crmRef, opportunityId, by])).toEqual([
      ["r1", "O1", "stored-id"],
      ["r2", "O2", "identifier"],
    ]);
    expect(problems).toEqual([]);
  });

  it.each<[string, readonly OpenRecord[], readonly OpenOpportunity[]]>([
    [
      "two records name one opportunity",
      [record("r1", { storedId: "O1" }), record("r2", { storedId: "O1" })],
      [opportunity("O1")],
    ],
    [
      "the opportunity carries another record's id",
      [record("r1", { storedId: "O1" }), record("r2")],
      [opportunity("O1", { crmRef: "r2" })],
    ],
    [
      "another opportunity carries the record's id",
      [record("r1", { storedId: "O1" })],
      [opportunity("O1"), opportunity("O2", { crmRef: "r1" })],
    ],
    [
      "two opportunities carry one id",
      [record("r1")],
      [opportunity("O1", { crmRef: "r1" }), opportunity("O2", { crmRef: "r1" })],
    ],
    ["AWS does not show the named one", [record("r1", { storedId: "O7" })], []],
  ])("guesses nothing where %s", (_, records, opportunities) => {
    const { exact, problems } = matchByIds(records, opportunities, nothingLinked);
    expect(exact).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
  });

  it("says so when the named opportunity belongs to another record already", () => {
    const { problems } = matchByIds([record("r1", { storedId: "O1" })], [], (id) => id === "O1");
    expect(problems[0]?.why).toContain("another record is linked to");
  });

  it("never joins a record or an opportunity twice, whatever the ids say", () => {
    const refs = ["r1", "r2", "r3"];
    const ids = ["O1", "O2", "O3"];
    const some = <Item>(items: readonly Item[]) => fc.option(fc.constantFrom(...items), { nil: undefined });
    fc.assert(
      fc.property(
        fc.tuple(some(ids), some(ids), some(ids)),
        fc.tuple(some(refs), some(refs), some(refs)),
        (stored, carried) => {
          const { exact } = matchByIds(
            refs.map((crmRef, index) => record(crmRef, { storedId: stored[index] })),
            ids.map((id, index) => opportunity(id, { crmRef: carried[index] })),
            nothingLinked,
          );
          expect(new Set(exact.map(({ crmRef }) => crmRef)).size).toBe(exact.length);
          expect(new Set(exact.map(({ opportunityId }) => opportunityId)).size).toBe(exact.length);
        },
      ),
    );
  });
});

describe("proposalsOf", () => {
  const site = { domain: "globex.example" };

  it("proposes the most alike of one website, each side once, and nothing that shares too little", () => {
    const records = [
      record("r1", { ...site, title: "Globex data platform" }),
      record("r2", { ...site, title: "Globex warehouse move" }),
      record("r3", { domain: "other.example", title: "Globex data platform" }),
    ];
    const opportunities = [opportunity("O1", site), opportunity("O2", site)];
    const titles = new Map([
      ["O1", "Data platform for Globex"],
      ["O2", "Payroll"],
    ]);
    const proposals = proposalsOf(candidatesByWebsite(records, opportunities), titles);
    expect(proposals.map(({ crmRef, opportunityId, score }) => [crmRef, opportunityId, score])).toEqual([
      ["r1", "O1", 1],
    ]);
  });
});
