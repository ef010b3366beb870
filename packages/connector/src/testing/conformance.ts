import assert from "node:assert/strict";
import type { Connector } from "../connector.ts";
import { allCases } from "./cases.ts";
import type { CaseContext, ConformanceCase } from "./conformance-case.ts";
import type { ConformanceWorld } from "./world.ts";

/** What the kit is run with. */
export interface ConformanceOptions<Config> {
  /** The test runner's `it`; any that takes a name and an asynchronous function. */
  readonly it: (name: string, run: () => Promise<void>) => void;
  readonly connector: Connector<Config>;
  /** A CRM that knows nothing of earlier cases, and a connection to it. */
  readonly makeWorld: () => Promise<ConformanceWorld>;
  /**
   * Cases that this CRM cannot pass, by name, each with the reason. They stay visible as `… (not tested: reason)`, and are
   * run all the same: one that passes after all fails, so that no skip outlives its reason. What a connector claims cannot be skipped.
   * @defaultValue none
   */
  readonly skips?: Readonly<Record<string, string>>;
}

/**
 * Tries a connector against the contract: one test per rule. Which rules concern it, its capabilities say; a rule that
 * does not is shown as `… (not tested: the connector does not claim …)`.
 *
 * @throws an assertion error for a skip that names no case, gives no reason, or contradicts a claim
 * @example
 * describe("salesforce", () => connectorConformance({ it, connector: salesforce, makeWorld: salesforceWorld }));
 */
export function connectorConformance<Config>(options: ConformanceOptions<Config>): void {
  const { it, connector, makeWorld, skips = {} } = options;
  checkSkips(connector, skips);
  for (const testCase of allCases) {
    const { name, claim } = testCase;
    const run = async (): Promise<void> => {
      const world = await makeWorld();
      try {
        await testCase.run({ ...world, connector });
      } finally {
        await world.close();
      }
    };
    const reason = skips[name];
    if (claim && !claim.made(connector)) {
      const title = `${name} (not tested: the connector does not claim ${claim.name})`;
      it(title, async () => assert.equal(claim.made(connector), false));
    } else if (reason !== undefined) it(`${name} (not tested: ${reason})`, () => mustFail(run));
    else it(name, run);
  }
}

function checkSkips(connector: CaseContext["connector"], skips: Readonly<Record<string, string>>): void {
  const problems = Object.entries(skips).flatMap(([name, reason]) => {
    const testCase = allCases.find((candidate) => candidate.name === name);
    return [
      ...(testCase ? [] : [`\`skips\` names "${name}", and there is no such case`]),
      ...(reason.trim() === "" ? [`the skip of "${name}" gives no reason`] : []),
      ...(testCase ? contradictions(testCase, connector) : []),
    ];
  });
  assert.deepEqual(problems, [], problems.join("; "));
}

function contradictions({ name, claim }: ConformanceCase, connector: CaseContext["connector"]): readonly string[] {
  if (!claim) return [];
  return claim.made(connector)
    ? [`"${name}" cannot be skipped, since the connector claims ${claim.name}`]
    : [`"${name}" need not be skipped, since the connector does not claim ${claim.name}`];
}

/** Passes only when the case fails: a skip whose reason is gone must go too. */
async function mustFail(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch {
    return;
  }
  throw new assert.AssertionError({ message: "this case passes: take it out of `skips`" });
}
