import type { ProgressLine } from "../terminal/progress.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { renderPlanSummary } from "../views/plan.ts";
import { counted } from "../views/value.ts";
import type { DemoCrm } from "./crm.ts";
import type { Narrator } from "./story.ts";

/** Tells the story on standard output, or nothing at all when JSON was asked for. */
export function narratorFor(terminal: Terminal, progress: ProgressLine, { title }: Pick<DemoCrm, "title">): Narrator {
  const { bold, dim } = terminal.colours;
  const line = (text: string): void => {
    progress.end();
    terminal.line(text);
  };
  return {
    chapter: (title) => line(`\n${bold(`▸ ${title}`)}`),
    tell: (sentence) => line(`  ${sentence}`),
    plan: (summary) => line(renderPlanSummary(terminal, summary)),
    report: ({ records, created, submitted, updated, inboundUpdated, awsCalls, crmWrites, seconds }) => {
      const did = [
        [created, "created"],
        [submitted, "submitted"],
        [updated, "updated at AWS"],
        [inboundUpdated, `updated in ${title}`],
      ]
        .filter(([count]) => count !== 0)
        .map(([count, what]) => `${count} ${what}`);
      const time = dim(
        `(${awsCalls.writes} writes and ${awsCalls.reads} reads at AWS, ${crmWrites} writes to ${title}, ${Math.round(seconds)} s of AWS's time)`,
      );
      line(`  Sync: ${counted(records, "deal")} looked at, ${did.join(", ") || "nothing to do"} ${time}`);
    },
    progress: (phase, done, total) => progress.report({ phase, done, total }),
  };
}
