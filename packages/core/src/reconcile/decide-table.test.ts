import { describe, expect, it } from "@jest/globals";
import { decideField, type FieldCase } from "./decide-field.ts";

type Value = "x" | "y" | "z" | undefined;

/** One cell of the table. `answer`: what a person chose, and whether both sides still hold what the person saw. */
interface Cell {
  readonly base: { readonly value: Value } | undefined;
  readonly crm: Value;
  readonly aws: Value;
  readonly lock: "editable" | "locked" | "ignored";
  readonly authority: "crm" | "aws" | "ask";
  readonly outbound: boolean | "kept";
  readonly inbound: boolean | "no-way-back";
  readonly answer: { readonly take: "crm" | "aws"; readonly fits: boolean } | undefined;
  readonly paused: boolean;
  readonly unusable: boolean;
  /** AWS answered an update with the CRM's value, and still shows what it held before. */
  readonly notTaken: boolean;
}

/**
 * The table in plain words, written apart from the code that it judges: first who moved, then who wins, then what the
 * winner may do.
 */
function expected(cell: Cell): string {
  const moved = (value: Value): boolean => value !== cell.base?.value;
  const crmMoved = cell.unusable || moved(cell.crm);
  const awsMoved = moved(cell.aws);
  const alike = !cell.unusable && cell.crm === cell.aws;
  if (!crmMoved && !awsMoved) return "unchanged";
  if (cell.paused) return alike ? "unchanged" : "held";
  if (alike) return "agreed";

  const answered = cell.answer?.fits === true && !cell.unusable;
  const both = crmMoved && awsMoved;
  if (cell.notTaken && !awsMoved && !answered && cell.lock === "editable") return "held";
  const byTable = both ? cell.authority : crmMoved ? "crm" : "aws";
  const winner = answered ? cell.answer.take : byTable;
  if (winner === "ask") return "conflict";
  if (winner === "aws") {
    if (cell.inbound === true) return "inbound";
    if (cell.inbound === "no-way-back") return "held";
    const drift =
      !answered &&
      !both &&
      cell.base !== undefined &&
      cell.crm !== undefined &&
      cell.authority === "crm" &&
      cell.outbound === true;
    if (!drift) return "accept";
  }
  if (cell.outbound === "kept") return "accept";
  if (!cell.outbound) return "held";
  return cell.lock === "editable" ? "outbound" : "deferred";
}

function fieldCase(cell: Cell): FieldCase {
  const { base, lock, answer } = cell;
  const seen = (value: Value): string | null => (answer?.fits === false ? "else" : (value ?? null));
  return {
    ...cell,
    base: base && { crm: base.value, aws: base.value },
    same: (a, b) => (a ?? null) === (b ?? null),
    lock: lock === "editable" ? { lock } : { lock, reason: "Locked now." },
    answer: answer && { take: answer.take, crm: seen(cell.crm), aws: seen(cell.aws) },
  };
}

/** Every combination of the members' values. */
function* combinations(): Iterable<Cell> {
  const values = [undefined, "x", "y", "z"] as const;
  for (const base of [undefined, { value: undefined }, { value: "x" }] as const)
    for (const crm of values)
      for (const aws of values)
        for (const lock of ["editable", "locked", "ignored"] as const)
          for (const authority of ["crm", "aws", "ask"] as const)
            for (const outbound of [true, false, "kept"] as const)
              for (const inbound of [true, false, "no-way-back"] as const)
                for (const answer of [
                  undefined,
                  { take: "crm", fits: true },
                  { take: "aws", fits: true },
                  { take: "crm", fits: false },
                  { take: "aws", fits: false },
                ] as const)
                  for (const paused of [false, true])
                    for (const unusable of [false, true])
                      for (const notTaken of [false, true])
                        yield {
                          base,
                          crm,
                          aws,
                          lock,
                          authority,
                          outbound,
                          inbound,
                          answer,
                          paused,
                          unusable,
                          notTaken,
                        };
}

describe("the decision table", () => {
  it("holds in every cell: base × CRM × AWS × lock × authority × directions × answer × pause × taken", () => {
    const wrong: string[] = [];
    let cells = 0;
    for (const cell of combinations()) {
      cells += 1;
      const { kind } = decideField(fieldCase(cell));
      if (kind !== expected(cell)) wrong.push(`${JSON.stringify(cell)}: ${kind}, not ${expected(cell)}`);
    }
    expect(cells).toBe(155_520);
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it("says why wherever nothing is done about a difference", () => {
    const silent = [...combinations()].filter((cell) => {
      const decision = decideField(fieldCase(cell));
      return "why" in decision && decision.why.length < 10;
    });
    expect(silent).toEqual([]);
  });
});
