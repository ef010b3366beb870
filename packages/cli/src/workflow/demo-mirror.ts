import { silentLogger } from "@cosell/connector";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { virtualClock } from "../demo/virtual-clock.ts";
import type { CommandContext, ExitCode } from "../program/command.ts";
import { openPartnerCentral } from "../session/open-partner-central.ts";
import { renderTable } from "../terminal/table.ts";

const hour = 3_600_000;
const customers = ["Example Retail", "Example Bank", "Example Airline"];
const query = "select id, company, title, stage, review_status, last_modified from opportunities order by id";

/** Plays the mirror on the emulator: everything once, then only what changed. Leaves nothing behind. */
export async function demoMirror({ terminal, signal }: CommandContext): Promise<ExitCode> {
  const [{ manualClock, startPartnerCentral }, { mirrorOpportunities, openMirror }] = await Promise.all([
    import("@cosell/emulator"),
    import("@cosell/partner-central/mirror"),
  ]);
  const time = manualClock(Date.UTC(2026, 10, 2, 9));
  const clock = virtualClock(time);
  const emulator = await startPartnerCentral({ clock: time });
  const credentials = { accessKeyId: "AKIACOSELLPARTNERONE", secretAccessKey: "emulator" };
  const partnerCentral = await openPartnerCentral(
    { catalog: "Sandbox", region: "us-east-1", endpoint: emulator.url },
    { clock, logger: silentLogger, credentials },
  );
  const folder = mkdtempSync(join(tmpdir(), "cosell-mirror-"));
  const mirror = openMirror(join(folder, "mirror.db"));
  try {
    const ids: string[] = [];
    for (const [index, company] of customers.entries()) {
      const { Id } = await partnerCentral.createOpportunity({
        ClientToken: `demo-mirror-${index}`,
        Origin: "Partner Referral",
        Customer: { Account: { CompanyName: company } },
        LifeCycle: { Stage: "Prospect" },
        Project: { Title: `Migration of ${company}` },
      });
      ids.push(Id);
    }
    const runs = [];
    for (const says of [
      "The first run reads everything.",
      "An hour later one deal has moved on: only that one is read.",
    ]) {
      time.advance(hour);
      if (runs.length > 0) await moveOn(partnerCentral, ids[1] ?? "");
      time.advance(hour);
      const report = await mirrorOpportunities({ partnerCentral, store: mirror, clock, signal });
      runs.push({ says, ...report });
      terminal.line(`${terminal.colours.bold(says)}  ${report.read} read, ${report.calls} calls.`);
    }
    const rows = [...mirror.query(query)];
    if (terminal.json) terminal.document({ workflow: "mirror", demo: true, runs, rows });
    const head = Object.keys(rows[0] ?? {});
    const cells = rows.map((row) => head.map((name) => String(row[name] ?? "")));
    terminal.line(`\n${terminal.colours.dim(query)}\n${renderTable(terminal, { head, rows: cells })}`);
    return 0;
  } finally {
    mirror.close();
    partnerCentral.close();
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function moveOn(partnerCentral: Awaited<ReturnType<typeof openPartnerCentral>>, id: string): Promise<void> {
  const current = await partnerCentral.getOpportunity(id);
  const { LastModifiedDate = null, Customer = null, Project = null } = current;
  await partnerCentral.updateOpportunity(id, {
    ...{ LastModifiedDate, Customer, Project },
    LifeCycle: { Stage: "Qualified", ReviewStatus: "Pending Submission" },
  });
}
