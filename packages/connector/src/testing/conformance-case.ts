import assert from "node:assert/strict";
import type { Connector } from "../connector.ts";
import type { ConformanceWorld, WorldOffers } from "./world.ts";

/** What one case is given. */
export interface CaseContext extends ConformanceWorld {
  readonly connector: Pick<
    Connector,
    "capabilities" | "classify" | "config" | "name" | "secrets" | "specVersion" | "webhook"
  >;
}

/** One rule of the contract, tried. */
export interface ConformanceCase {
  /** A sentence that says the rule. */
  readonly name: string;
  /** What a connector claims when the rule concerns it. @defaultValue it concerns every connector */
  readonly claim?: Claim;
  /** Throws an assertion error when the rule is broken. */
  readonly run: (context: CaseContext) => Promise<void>;
}

/** Something that a connector may or may not be able to do. */
export interface Claim {
  /** As a reader of the test's output knows it, such as `optimisticLock`. */
  readonly name: string;
  readonly made: (connector: CaseContext["connector"]) => boolean;
}

/** What the world offers for this case. Fails and names it where it does not. */
export function offered<Member extends keyof WorldOffers>(
  context: CaseContext,
  member: Member,
): NonNullable<WorldOffers[Member]> {
  const offer = context[member];
  assert.ok(
    offer !== undefined,
    `the world must offer \`${member}\` for this case; if it cannot, name the case in \`skips\` with the reason`,
  );
  return offer;
}

/** A new record with this text, made by a person; its canonical ref. */
export async function createRecord(
  { connection, create, newRecord, textField }: CaseContext,
  text: string,
): Promise<string> {
  return connection.canonicalRef(await create({ ...newRecord, [textField]: text }));
}
