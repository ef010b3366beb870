import { failureOf } from "@cosell/connector";
import { Option } from "commander";
import { type SettingFlags, settingsFor } from "../../api/settings.ts";
import { UsageError } from "../../failure/findings-error.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../../program/command.ts";
import { examples } from "../../program/usage.ts";
import { openPartnerCentral } from "../../session/open-partner-central.ts";
import { startProgress } from "../../terminal/progress.ts";
import { renderTable } from "../../terminal/table.ts";
import { demoMirror } from "../../workflow/demo-mirror.ts";

/** What `cosell workflow mirror` says of itself in the list. */
export const mirrorSummary = "a local mirror of the account's opportunities: kept up to date, queried, exported";

interface MirrorFlags extends SettingFlags {
  readonly file: string;
  readonly full?: boolean;
  readonly summaries?: boolean;
  readonly query?: string;
  readonly export?: "jsonl" | "csv";
  readonly demo?: boolean;
}

const usualFile = ".cosell/mirror.db";
/** What an export holds when no query says otherwise. */
const everything = "select * from opportunities order by last_modified, id";

/** `cosell workflow mirror`: brings the mirror up to date, or answers from it without a call. */
export const defineMirror: CommandDefinition = (command, act) => {
  command
    .summary(mirrorSummary)
    .description(
      "Keeps the account's opportunities in an SQLite file, by AWS's LastModifiedDate: each run reads what changed since. --query and --export answer from the file alone.",
    )
    .option("--file <path>", "where the mirror lies", usualFile)
    .option("--full", "look at everything: finds what AWS no longer shows")
    .option("--summaries", "also AWS's own view of each opportunity: one read more each")
    .option("--query <sql>", "answer one SELECT over the table opportunities")
    .addOption(new Option("--export <format>", "print everything, or the query's rows").choices(["jsonl", "csv"]))
    .option("--demo", "play it on the emulator, without any account")
    .addOption(new Option("--catalog <catalog>", "instead of the configuration's").choices(["AWS", "Sandbox"]))
    .option("--region <region>", "instead of the configuration's (without one us-east-1)")
    .option("--endpoint <url>", "instead of the configuration's, such as an emulator's")
    .option("--partner-central <name>", "the partner account that is meant, where several are configured")
    .addHelpText(
      "after",
      examples(
        "cosell workflow mirror --catalog Sandbox",
        "cosell workflow mirror --query \"select id, title, stage from opportunities where review_status = 'Approved'\"",
        "cosell workflow mirror --export csv > opportunities.csv",
        "cosell workflow mirror --demo",
      ),
    )
    .action((flags: MirrorFlags) =>
      act((context) => {
        if (flags.demo === true) return demoMirror(context);
        return flags.query === undefined && flags.export === undefined
          ? update(context, flags)
          : answer(context, flags);
      }),
    );
};

async function update(context: CommandContext, flags: MirrorFlags): Promise<ExitCode> {
  const { terminal, clock, signal } = context;
  const { settings, secrets } = await settingsFor(context, flags, {});
  const { mirrorOpportunities, openMirror } = await import("@cosell/partner-central/mirror");
  const partnerCentral = await openPartnerCentral(settings, { clock, logger: await context.logger(secrets) });
  const mirror = openMirror(flags.file);
  const progress = await startProgress(terminal);
  try {
    const report = await mirrorOpportunities({
      ...{ partnerCentral, store: mirror, clock, signal },
      full: flags.full === true,
      summaries: flags.summaries === true,
      onProgress: ({ listed, read }) => progress.report({ phase: "opportunities", done: read, total: listed }),
    }).finally(() => progress.end());
    const kept = mirror.versions().size;
    if (terminal.json) terminal.document({ workflow: "mirror", file: flags.file, kept, ...report });
    else {
      const gone = report.gone === 0 ? "" : `, ${report.gone} that AWS shows no more`;
      const holds = `${kept} ${kept === 1 ? "opportunity" : "opportunities"}`;
      const calls = `${report.calls} ${report.calls === 1 ? "call" : "calls"}`;
      terminal.line(`${flags.file} holds ${holds}: ${report.read} read${gone}, ${calls}.`);
    }
    return 0;
  } finally {
    mirror.close();
    partnerCentral.close();
  }
}

async function answer({ terminal }: CommandContext, { file, query, export: format }: MirrorFlags): Promise<ExitCode> {
  const [{ existsSync }, { exportLines, openMirror }] = await Promise.all([
    import("node:fs"),
    import("@cosell/partner-central/mirror"),
  ]);
  if (!existsSync(file)) throw new UsageError(`There is no mirror at ${file}. Make one: cosell workflow mirror`);
  const mirror = openMirror(file);
  try {
    const wanted = query ?? everything;
    const rows = mirror.query(wanted);
    if (format !== undefined) {
      for (const line of exportLines(rows, format, mirror.columns(wanted))) terminal.write(line);
      return 0;
    }
    const found = [...rows];
    if (terminal.json) {
      terminal.document({ workflow: "mirror", file, rows: found });
      return 0;
    }
    const head = Object.keys(found[0] ?? {});
    terminal.line(
      found.length === 0
        ? "Nothing found."
        : renderTable(terminal, { head, rows: found.map((row) => head.map((name) => String(row[name] ?? ""))) }),
    );
    return 0;
  } catch (error) {
    const failure = failureOf(error);
    throw failure?.code === "mirror-query" ? new UsageError(failure.message) : error;
  } finally {
    mirror.close();
  }
}
