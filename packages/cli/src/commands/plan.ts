import type { PlannedDeal } from "@cosell/engine";
import { renderError, reportOf } from "../failure/report.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../program/command.ts";
import { collect, examples, hideValuesOption, syncOption, wholeNumber } from "../program/usage.ts";
import { type StatesSession, withOpenSyncs, withStates } from "../session/answer-syncs.ts";
import { pausesOf } from "../session/standing-pause.ts";
import type { SyncSession } from "../session/with-sync.ts";
import { type JsonList, startJsonList } from "../terminal/json-list.ts";
import { startProgress } from "../terminal/progress.ts";
import { renderPauses } from "../views/pauses.ts";
import { createPlanSummary } from "../views/plan-summary.ts";
import { planDocument, renderPlannedDeals, renderPlanSummary } from "../views/plan.ts";
import { counted } from "../views/value.ts";

interface PlanOptions {
  readonly sync?: string;
  readonly record?: readonly string[];
  readonly limit?: number;
  readonly hideValues?: boolean;
}

/** On a screen the summary matters and a few deals show the kind. */
const listedDeals = 20;

/** `cosell plan`: looks at both sides and writes to neither. */
export const definePlan: CommandDefinition = (command, act) => {
  command
    .addOption(syncOption())
    .option(
      "--record <id>",
      "only this deal, by CRM record or opportunity (may be given several times), with every field",
      collect,
    )
    .option(
      "--limit <n>",
      `list at most this many deals; the counts cover all (default: ${listedDeals}, with --json all)`,
      wholeNumber(0),
    )
    .addOption(hideValuesOption())
    .addHelpText("after", examples("cosell plan", "cosell plan --record 006Hs00001ABCDEIA5", "cosell plan --json"))
    .action((options: PlanOptions) =>
      act((context) => withStates(context, options.sync, (states) => planEach(context, states, options))),
    );
};

/** One plan after the other; in JSON, several stand in one list. */
async function planEach(context: CommandContext, states: StatesSession, options: PlanOptions): Promise<ExitCode> {
  const { terminal } = context;
  const [only, ...others] = states.syncs;
  return withOpenSyncs(context, states, async (open) => {
    const plan = terminal.json ? planAsJson : planForPeople;
    if (only !== undefined && others.length === 0) {
      return open(only, (session) => plan(context, session, options));
    }
    let worst: ExitCode = 0;
    for (const [index, sync] of states.syncs.entries()) {
      if (terminal.json) terminal.write(index === 0 ? '{ "syncs": [\n' : ",\n");
      else terminal.line(terminal.colours.bold(`Sync ${sync.name}\n`));
      const code = await open(sync, (session) => plan(context, session, options)).catch((error: unknown): ExitCode => {
        if (context.signal.aborted) throw error;
        const report = reportOf(error);
        if (terminal.json) terminal.write(JSON.stringify({ sync: sync.name, error: report.json }));
        else terminal.line(renderError(report, terminal.colours, false));
        return report.exitCode;
      });
      if (code > worst) worst = code;
      terminal.line();
    }
    if (terminal.json) terminal.write("] }\n");
    return worst;
  });
}

async function planForPeople(context: CommandContext, session: SyncSession, options: PlanOptions): Promise<ExitCode> {
  const { terminal } = context;
  const { limit = listedDeals, hideValues = false } = options;
  const tally = createPlanSummary();
  const listed: PlannedDeal[] = [];
  let withSteps = 0;
  for await (const deal of plannedDeals(context, session, options)) {
    tally.add(deal);
    if (deal.plan.steps.length === 0 || deal.parked) continue;
    withSteps += 1;
    if (listed.length < limit) listed.push(deal);
  }
  if (listed.length > 0) {
    terminal.line(
      renderPlannedDeals(terminal, listed, { complete: options.record !== undefined, showValues: !hideValues }),
    );
    const rest = withSteps - listed.length;
    if (rest > 0) terminal.line(terminal.colours.dim(`… and ${counted(rest, "more deal")} (--limit ${withSteps})`));
    terminal.line();
  }
  const paused = renderPauses(terminal, await pausesOf(session.store, session.sync));
  if (paused !== "") terminal.line(`${paused}\n`);
  terminal.line(renderPlanSummary(terminal, tally.summary()));
  return 0;
}

async function planAsJson(context: CommandContext, session: SyncSession, options: PlanOptions): Promise<ExitCode> {
  const { limit = Number.POSITIVE_INFINITY, hideValues = false } = options;
  const tally = createPlanSummary();
  let list: JsonList | undefined;
  let listed = 0;
  const begin = (): JsonList => startJsonList(context.terminal, "deals", { sync: session.sync.name });
  try {
    for await (const deal of plannedDeals(context, session, options)) {
      list ??= begin();
      tally.add(deal);
      if (listed < limit) list.add(planDocument(deal, !hideValues));
      listed += 1;
    }
  } catch (error) {
    // Nothing written yet: the error is the document. Else it ends the one that is begun.
    if (list === undefined) throw error;
    const report = reportOf(error);
    list.end({ error: report.json });
    return report.exitCode;
  }
  (list ?? begin()).end({ summary: tally.summary() });
  return 0;
}

async function* plannedDeals(
  { terminal, signal }: CommandContext,
  { engine }: SyncSession,
  { record }: PlanOptions,
): AsyncIterable<PlannedDeal> {
  const progress = await startProgress(terminal);
  try {
    yield* engine.plan({ signal, onProgress: progress.report, ...(record !== undefined && { records: record }) });
  } finally {
    progress.end();
  }
}
