import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { failureOf, silentLogger } from "@cosell/connector";
import { manualClock, type RunningPartnerCentral, startPartnerCentral } from "@cosell/emulator";
import { createMemoryQuotaGate, createPartnerCentral, type PartnerCentral } from "@cosell/partner-central";
import { exportLines, type MirrorFile, mirrorOpportunities, openMirror } from "@cosell/partner-central/mirror";

const accessKeyId = "AKIACOSELLPARTNERONE";
const manual = manualClock(Date.parse("2026-11-21T09:00:00Z"));
const clock = {
  ...manual,
  sleep: (milliseconds: number): Promise<void> => {
    manual.advance(milliseconds);
    return Promise.resolve();
  },
};

let folder: string;
let aws: RunningPartnerCentral;
let partnerCentral: PartnerCentral;
let mirror: MirrorFile;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "cosell-mirror-"));
  aws = await startPartnerCentral({ clock: manual });
  partnerCentral = createPartnerCentral({
    ...{ catalog: "Sandbox", region: "us-east-1", endpoint: aws.url, clock, logger: silentLogger },
    credentials: { accessKeyId, secretAccessKey: "not-a-secret" },
    gate: createMemoryQuotaGate({ clock }),
  });
  mirror = openMirror(join(folder, "opportunities.db"));
});

afterEach(async () => {
  mirror.close();
  partnerCentral.close();
  await aws.close();
  rmSync(folder, { recursive: true, force: true });
});

async function create(title: string): Promise<string> {
  const { Id } = await partnerCentral.createOpportunity({
    ClientToken: randomUUID(),
    Origin: "Partner Referral",
    Customer: { Account: { CompanyName: "Example, Inc." } },
    LifeCycle: { Stage: "Prospect" },
    Project: { Title: title },
  });
  return Id;
}

async function rename(id: string, title: string): Promise<void> {
  const { LastModifiedDate, ...current } = await partnerCentral.getOpportunity(id);
  await partnerCentral.updateOpportunity(id, {
    LastModifiedDate: LastModifiedDate ?? null,
    LifeCycle: current["LifeCycle"] ?? null,
    Customer: { Account: { CompanyName: "Example, Inc." } },
    Project: { Title: title },
  });
}

function later(): void {
  manual.advance(3600_000);
}

const run = (options: { readonly full?: boolean; readonly summaries?: boolean } = {}) =>
  mirrorOpportunities({ partnerCentral, store: mirror, clock, ...options });
const titles = (): readonly unknown[] =>
  [...mirror.query("select title from opportunities where gone_at is null order by title")].map(({ title }) => title);

describe("the mirror of opportunities", () => {
  it("takes everything once, then only what changed at AWS", async () => {
    const id = await create("One");
    for (let number = 1; number <= 101; number += 1) await create(`Deal ${number}`);
    later();
    expect(await run()).toMatchObject({ listed: 102, read: 102, gone: 0, calls: 104 });
    later();
    expect(await run()).toMatchObject({ read: 0 });
    await rename(id, "Uno");
    later();
    expect(await run()).toMatchObject({ read: 1 });
    expect(titles()).toHaveLength(102);
    expect(titles()).toContain("Uno");
  });

  it("goes on where it was stopped, and loses nothing", async () => {
    for (let number = 1; number <= 150; number += 1) await create(`Deal ${number}`);
    later();
    const stop = new AbortController();
    const stopped = mirrorOpportunities({
      ...{ partnerCentral, store: mirror, clock, signal: stop.signal },
      onProgress: () => stop.abort(),
    });
    expect(failureOf(await stopped.catch((error: unknown) => error))?.kind).toBe("aborted");
    expect(titles()).toHaveLength(100);
    const { read } = await run();
    expect(titles()).toHaveLength(150);
    expect(read).toBeLessThanOrEqual(50);
  });

  it("a full run finds what AWS shows no more, and keeps its last state", async () => {
    const id = await create("Given away");
    await create("Kept");
    await run();
    const state = aws.partnerCentral.state();
    const spaces = Object.entries(state.spaces).map(([name, space]) => [
      name,
      {
        ...space,
        opportunities: Object.fromEntries(Object.entries(space.opportunities).filter(([key]) => key !== id)),
      },
    ]);
    aws.partnerCentral.load({ ...state, spaces: Object.fromEntries(spaces) as typeof state.spaces });
    expect(await run({ full: true })).toMatchObject({ gone: 1 });
    expect(titles()).toEqual(["Kept"]);
    const [row] = [...mirror.query("select title, gone_at from opportunities where id = ?", [id])];
    expect(row).toEqual({ title: "Given away", gone_at: clock.now() });
  });

  it("keeps AWS's own view where it is asked for", async () => {
    await create("Seen by AWS");
    await run({ summaries: true });
    const [row] = [...mirror.query("select origin, summary from opportunities")];
    expect(row?.["origin"]).toBe("Partner Referral");
    expect(row?.["summary"]).toContain("LifeCycle");
  });

  it("is exported as JSON lines and CSV", async () => {
    const id = await create('=HYPERLINK("x")\nsecond line');
    await run();
    const sql = "select id, title, company, gone_at from opportunities";
    const lines = (format: "jsonl" | "csv", query = sql) => [
      ...exportLines(mirror.query(query), format, mirror.columns(query)),
    ];
    expect(lines("jsonl").map((line) => JSON.parse(line) as unknown)).toEqual([
      { id, title: '=HYPERLINK("x")\nsecond line', company: "Example, Inc.", gone_at: null },
    ]);
    expect(lines("csv").join("")).toBe(
      `id,title,company,gone_at\n${id},"'=HYPERLINK(""x"")\nsecond line","Example, Inc.",\n`,
    );
    expect(lines("csv", `${sql} where id = 'O1'`)).toEqual(["id,title,company,gone_at\n"]);
  });

  it("cannot be changed by a query, and says what can be asked", () => {
    for (const sql of ["delete from opportunities", "select nothing from opportunities", "nonsense"]) {
      if (!sql.startsWith("delete")) expect(catching(() => mirror.columns(sql))).toBeDefined();
      const failure = failureOf(catching(() => [...mirror.query(sql)]));
      expect(failure).toMatchObject({
        kind: "config",
        message: expect.stringContaining("target_close_date") as unknown as string,
      });
    }
  });

  it("is its owner's alone, and takes no other program's file", () => {
    expect(statSync(join(folder, "opportunities.db")).mode & 0o077).toBe(0);
    const other = join(folder, "notes.txt");
    writeFileSync(other, "These are the notes of somebody else, and they are longer than a page.".repeat(20));
    expect(failureOf(catching(() => openMirror(other)))).toMatchObject({ kind: "config", code: "mirror-file" });
  });
});

function catching(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
