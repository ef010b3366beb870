import type { Connector } from "../connector.ts";
import type { ConformanceWorld } from "./world.ts";

/** What one case is given. */
export interface CaseContext extends ConformanceWorld {
  readonly connector: Pick<Connector, "capabilities" | "classify" | "name" | "secrets" | "specVersion">;
}

/** One rule of the contract, tried. */
export interface ConformanceCase {
  /** A sentence that says the rule. */
  readonly name: string;
  /** Whether the rule concerns this connector. @defaultValue always */
  readonly when?: (connector: CaseContext["connector"]) => boolean;
  /** Throws an assertion error when the rule is broken. */
  readonly run: (context: CaseContext) => Promise<void>;
}
