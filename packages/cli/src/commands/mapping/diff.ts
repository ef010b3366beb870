import { resolve } from "node:path";
import { FailureError } from "@cosell/connector";
import type { GoldenCase } from "@cosell/core";
import type { Configuration } from "../../configuration/configuration.ts";
import { mustReadCases, readCases } from "../../mapping/case-file.ts";
import { compareMappings, type MappingPair } from "../../mapping/diff/compare-mappings.ts";
import { type ComparedDeal, createDiffSummary } from "../../mapping/diff/diff-summary.ts";
import { storedDeals } from "../../mapping/diff/stored-deals.ts";
import { findMappingConnector, type FindMappingConnector } from "../../mapping/find-mapping-connector.ts";
import { hasConfiguration } from "../../mapping/has-configuration.ts";
import { openMappingFile } from "../../mapping/open-mapping.ts";
import { withConnection } from "../../mapping/with-connection.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../../program/command.ts";
import { connectorOption, examples, hideValuesOption, syncOption, wholeNumber } from "../../program/usage.ts";
import { chooseSync } from "../../session/choose-sync.ts";
import { sensitivePaths } from "../../session/sensitive-paths.ts";
import { diffDocument, renderDiff } from "../../views/mapping-diff.ts";

interface DiffOptions {
  readonly records?: number;
  readonly sync?: string;
  readonly hideValues?: boolean;
  readonly connector?: string;
}

/** `cosell mapping diff <old> <new>`: what a change of the mapping does to the deals that are linked, before it is done. */
export const defineMappingDiff: CommandDefinition = (mapping, act) => {
  mapping
    .command("diff <old> <new>")
    .summary("show what a change of the mapping would change at AWS, deal by deal")
    .description(
      "Show what a change of the mapping would change at AWS, deal by deal: for the linked deals of the configured sync, or, without a configuration, for the golden cases beside the old mapping (else the new one). Writes nowhere.",
    )
    .option("--records <n>", "look at so many linked deals, the oldest first (default: all)", wholeNumber(1))
    .addOption(syncOption())
    .addOption(connectorOption())
    .addOption(hideValuesOption())
    .addHelpText(
      "after",
      examples(
        "cosell mapping diff deals.yaml deals-new.yaml",
        "cosell mapping diff deals.yaml deals-new.yaml --records 100 --json",
      ),
    )
    .action((before: string, after: string, options: DiffOptions) =>
      act((context) => diff(context, resolve(before), resolve(after), options)),
    );
};

async function diff(context: CommandContext, before: string, after: string, options: DiffOptions): Promise<ExitCode> {
  const pair = await openPair(before, after, findMappingConnector(context.options, options.connector));
  const tally = createDiffSummary();
  const changed: ComparedDeal[] = [];
  const add = (deal: ComparedDeal): void => {
    tally.add(deal);
    if (deal.changes.length > 0 || deal.takesPart !== undefined) changed.push(deal);
  };
  if (hasConfiguration(context.options)) await compareLinkedDeals(context, pair, options, add);
  else await compareCases(pair, (await readCases(before)) ?? (await mustReadCases(after)), add);
  const { hideValues = false } = options;
  const detail = { isHidden: hideValues ? sensitivePaths(pair.target) : () => false };
  const { terminal } = context;
  if (terminal.json) terminal.document(diffDocument(changed, tally.summary(), detail));
  else terminal.line(renderDiff(terminal, changed, tally.summary(), detail));
  return 0;
}

async function openPair(before: string, after: string, find: FindMappingConnector): Promise<MappingPair> {
  const [old, now, { sameValueIn }] = await Promise.all([
    openMappingFile(before, find),
    openMappingFile(after, find),
    import("@cosell/core"),
  ]);
  const [one, other] = [old.mapping.crm, now.mapping.crm];
  if (one.connector !== other.connector || one.object !== other.object) {
    const message = `The mappings are about different things: ${one.connector} ${one.object} and ${other.connector} ${other.object}.`;
    throw new FailureError({ kind: "config", message });
  }
  return { before: old.mapping, after: now.mapping, target: now.target, sameValue: sameValueIn(now.target) };
}

async function compareCases(
  pair: MappingPair,
  cases: readonly GoldenCase[],
  add: (deal: ComparedDeal) => void,
): Promise<void> {
  for (const each of cases) {
    if (each.direction === "inbound") continue;
    const compared = compareMappings(pair, each.source, undefined);
    add({ deal: each.name, title: undefined, opportunityId: undefined, reviewStatus: undefined, ...compared });
  }
}

async function compareLinkedDeals(
  context: CommandContext,
  pair: MappingPair,
  { sync: name, records }: DiffOptions,
  add: (deal: ComparedDeal) => void,
): Promise<void> {
  const choose = (configuration: Configuration) => chooseSync(configuration, name).connection;
  await withConnection(context, choose, async ({ configuration, configured, connection, store }) => {
    const deals = storedDeals({
      ...{ store, connection, limit: records },
      sync: chooseSync(configuration, name).name,
      readBatch: configured.connector.capabilities.readBatch,
      object: pair.after.crm.object,
      fields: [...new Set([...pair.before.sourceFields, ...pair.after.sourceFields])],
    });
    for await (const { link, record } of deals) {
      const { crmRef, title, opportunityId, reviewStatus, stage } = link;
      const compared = compareMappings(pair, record, { reviewStatus, stage, origin: undefined });
      add({ deal: crmRef, title, opportunityId, reviewStatus, ...compared });
    }
  });
}
