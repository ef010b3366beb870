import type { Connector } from "../connector.ts";
import { changesCases } from "./changes-cases.ts";
import { classifyCases } from "./classify-cases.ts";
import { identityCases } from "./identity-cases.ts";
import { readCases } from "./read-cases.ts";
import type { ConformanceWorld } from "./world.ts";
import { writeCases } from "./write-cases.ts";

/** What the kit is run with. */
export interface ConformanceOptions<Config> {
  /** The test runner's `it`; any that takes a name and an asynchronous function. */
  readonly it: (name: string, run: () => Promise<void>) => void;
  readonly connector: Connector<Config>;
  /** A CRM that knows nothing of earlier cases, and a connection to it. */
  readonly makeWorld: () => Promise<ConformanceWorld>;
}

/**
 * Tries a connector against the contract: one test per rule. Which rules concern it, its capabilities say.
 *
 * @example
 * describe("salesforce", () => connectorConformance({ it, connector: salesforce, makeWorld: salesforceWorld }));
 */
export function connectorConformance<Config>({ it, connector, makeWorld }: ConformanceOptions<Config>): void {
  for (const { name, when, run } of [
    ...identityCases,
    ...classifyCases,
    ...changesCases,
    ...readCases,
    ...writeCases,
  ]) {
    if (when && !when(connector)) continue;
    it(name, async () => {
      const world = await makeWorld();
      try {
        await run({ ...world, connector });
      } finally {
        await world.close();
      }
    });
  }
}
