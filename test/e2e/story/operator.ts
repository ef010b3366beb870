import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { cosell, type CommandResult } from "../support/command.ts";
import type { Story } from "./story.ts";
import { untilQuiet } from "./play-story.ts";

const hour = 3_600_000;

/**
 * From now on it is today at both servers, a little late, so that the command, which has the machine's time, finds them in
 * its past; and AWS's quota is that of a large partner, since nobody moves the servers' time while the command waits.
 */
export async function becomeToday(story: Story): Promise<void> {
  const { world } = story;
  world.clock.advance(Date.now() - 4 * hour - world.clock.now());
  await untilQuiet(story);
  world.emulators.partnerCentral.configure({ quotas: false });
}

/** Runs `cosell … --json` in the company's folder and reads what it prints. */
export async function answer(story: Story, ...words: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { stdout, stderr } = await run(story, ...words, "--json");
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
}

/** Runs `cosell` in the company's folder, over its state, mapping and servers as they are now. */
export function run({ world }: Story, ...words: readonly string[]): Promise<CommandResult> {
  const { folder, crm, emulators, storeUrl, mapping } = world;
  const fast = { perSecond: 500 };
  const endpoint = emulators.partnerCentralSelling.url;
  const configuration = stringify({
    version: 1,
    partnerCentral: { catalog: "Sandbox", endpoint, quotas: { read: fast, write: fast } },
    state: { url: storeUrl },
    connections: { crm: crm.configuration },
    syncs: { opportunities: { connection: "crm", mapping: mapping.file } },
  });
  // A tag is no text: the quotes around it go.
  writeFileSync(join(folder, "cosell.yaml"), configuration.replaceAll(/"(!env \w+)"/g, "$1"));
  return cosell(folder, words, crm.environment);
}

interface Change {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** One deal of a plan: what would change on each side, and where something stands in the way. */
export interface PlannedChanges {
  readonly crmRef: string;
  readonly atAws: readonly Change[];
  readonly inCrm: readonly Change[];
  readonly unsettled: readonly string[];
}

/** What `cosell plan --json` prints. */
export interface PrintedPlan {
  readonly deals: readonly PlannedChanges[];
  readonly summary: {
    /** Steps by kind. */
    readonly steps: Readonly<Record<string, number>>;
    readonly cost: { readonly reads: number; readonly writes: number };
    readonly quotaSeconds: number;
  };
}

/** Reads a printed plan. */
export function readPlan(document: Readonly<Record<string, unknown>>): PrintedPlan {
  const { deals, summary } = document as unknown as {
    readonly deals: readonly {
      readonly crmRef: string;
      readonly steps: readonly { readonly kind: string; readonly changes: readonly Change[] }[];
      readonly unsettled: readonly { readonly path: string }[];
    }[];
    readonly summary: PrintedPlan["summary"];
  };
  const changesOf = ({ changes }: { readonly changes: readonly Change[] }): readonly Change[] =>
    changes.map(({ path, before, after }) => ({ path, before, after }));
  return {
    summary,
    deals: deals.map(({ crmRef, steps, unsettled }) => ({
      crmRef,
      atAws: steps.filter(({ kind }) => kind !== "write-crm").flatMap(changesOf),
      inCrm: steps.filter(({ kind }) => kind === "write-crm").flatMap(changesOf),
      unsettled: unsettled.map(({ path }) => path),
    })),
  };
}
