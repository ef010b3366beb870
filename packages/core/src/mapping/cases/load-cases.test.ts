import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { loadCases } from "./load-cases.ts";

const load = (...lines: readonly string[]) =>
  loadCases({ file: "deal.cases.yaml", text: ["version: 1", "cases:", ...lines].join("\n") });
const found = (...lines: readonly string[]) =>
  load(...lines).findings.map(({ line, column, code }) => `${line}:${column} ${code}`);

describe("loadCases", () => {
  it("reads both directions, with the place of every case", () => {
    const { cases, findings } = load(
      "  - name: out",
      "    source: { Id: 7, CloseDate: 2026-01-02 }",
      "    expect: { matches: true, issues: [{ code: missing, target: Project.Title }] }",
      "  - name: back",
      "    inbound: { opportunity: { LifeCycle: { Stage: Launched } } }",
      "    expect: { fields: { StageName: Closed Won } }",
    );
    expect(findings).toEqual([]);
    expect(cases).toEqual([
      {
        direction: "outbound",
        name: "out",
        at: { file: "deal.cases.yaml", line: 3, column: 5 },
        source: { Id: 7, CloseDate: "2026-01-02" },
        expect: { matches: true, issues: [{ code: "missing", target: "Project.Title" }] },
      },
      {
        direction: "inbound",
        name: "back",
        at: { file: "deal.cases.yaml", line: 6, column: 5 },
        inbound: { opportunity: { LifeCycle: { Stage: "Launched" } } },
        expect: { fields: { StageName: "Closed Won" } },
      },
    ]);
  });

  it("tells everything that is wrong, at its place", () => {
    expect(
      found(
        "  - name: one",
        "    source: {}",
        "    expect: { fields: {}, isues: [] }",
        "  - name: one",
        "    inbound: { oportunity: {} }",
        "    expect: { issues: [{ code: missing }] }",
        "  - name: two",
        "    expect: {}",
        "  - name: three",
        "    source: text",
        "    expect: {}",
      ),
    ).toEqual([
      "5:15 unknown-key",
      "5:27 unknown-key",
      "6:5 duplicate-name",
      "7:16 unknown-key",
      "8:24 missing-key",
      "9:5 wrong-shape",
      "12:13 wrong-shape",
    ]);
  });

  it("wants its edition, and a list", () => {
    const codes = (text: string) => loadCases({ file: "x", text }).findings.map(({ code }) => code);
    expect(codes("cases: []")).toEqual(["unknown-version"]);
    expect(codes("version: 1\ncases: {}")).toEqual(["wrong-shape"]);
    expect(codes("- 1")).toEqual(["wrong-shape"]);
  });

  it("throws for no text at all", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        loadCases({ file: "x", text });
        loadCases({ file: "x", text: `version: 1\ncases:\n  - ${text}` });
      }),
    );
  });
});
