import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { openState } from "./open-state.ts";
import { collect } from "./testing/case.ts";
import { testDatabase } from "./testing/index.ts";

interface Place {
  readonly url: string;
  readonly remove: () => Promise<void>;
}

const sqlitePlace = async (): Promise<Place> => {
  const folder = await mkdtemp(join(tmpdir(), "cosell-state-"));
  return { url: `sqlite:${join(folder, "state.db")}`, remove: () => rm(folder, { recursive: true }) };
};

const postgresPlace = async (): Promise<Place> => {
  const { url, drop } = await testDatabase();
  return { url, remove: drop };
};

interface Writer {
  readonly process: ChildProcess;
  readonly lines: readonly string[];
  readonly ended: Promise<unknown>;
}

const start = (program: URL, ...parameters: readonly string[]): Writer => {
  const child = spawn(process.execPath, ["--conditions=cosell-source", fileURLToPath(program), ...parameters], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, NODE_OPTIONS: "", NODE_NO_WARNINGS: "1" },
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  return { process: child, lines, ended: once(child, "close") };
};

describe.each([
  ["SQLite", sqlitePlace],
  ["PostgreSQL", postgresPlace],
])("processes on %s", (_, makePlace) => {
  let url = "";
  let remove: Place["remove"];
  beforeEach(async () => {
    ({ url, remove } = await makePlace());
  });
  afterEach(() => remove());

  it("kill -9 loses nothing that was committed and leaves nothing half-written", async () => {
    const told: string[] = [];
    for (let life = 0; life < 4; life += 1) {
      const writer = start(new URL("./__fixtures__/crash-writer.ts", import.meta.url), url, String(life * 1_000_000));
      while (writer.lines.length < 5 + life * 20) await setTimeout(5);
      await setTimeout(Math.random() * 30);
      writer.process.kill("SIGKILL");
      await writer.ended;
      told.push(...writer.lines);

      const store = await openState({ url });
      const links = new Map((await collect(store.links())).map((link) => [link.crmRef, link]));
      const rounds = told.filter((line) => line.startsWith("marked")).map((line) => Number(line.slice(7)));
      expect(Number(await store.cursor("s", "crm"))).toBeGreaterThanOrEqual(Math.max(...rounds));
      expect(links.has(`${await store.cursor("s", "crm")}-2`)).toBe(true);
      for (const round of rounds) expect([0, 1, 2].every((index) => links.has(`${round}-${index}`))).toBe(true);
      for (const line of told.filter((candidate) => candidate.startsWith("settled")))
        expect(links.get(line.slice(8))?.title).toBe(line.slice(8));
      for (const line of told.filter((candidate) => candidate.startsWith("began"))) {
        const link = links.get(line.slice(6));
        const pending = await store.pendingCalls(link?.id ?? "");
        expect(pending.length === 1).toBe(link?.opportunityId === undefined);
      }
      const dirty = new Set((await collect(store.dirtyLinks("s"))).map(({ crmRef }) => crmRef));
      for (const [ref, link] of links) {
        const settled = link.title !== undefined;
        expect([...(await store.baseValues(link.id)).values()]).toEqual(
          settled ? Array.from({ length: 3 }, () => ({ crm: ref, aws: ref })) : [],
        );
        expect((await store.journal(link.id)).map(({ summary }) => summary)).toEqual(settled ? [ref] : []);
        expect(dirty.has(ref)).toBe(!settled);
      }
      await store.close();
    }
    expect(told.filter((line) => line.startsWith("settled")).length).toBeGreaterThan(10);
  });

  it("share the work: each record is claimed by one of them, once", async () => {
    const refs = Array.from({ length: 400 }, (_unused, index) => `006-${index}`);
    const store = await openState({ url });
    const marks = refs.map((ref) => ({ side: "crm", ref, reason: "changed" }) as const);
    await store.intake("s", "crm", marks, undefined);
    const program = new URL("./__fixtures__/claim-worker.ts", import.meta.url);
    const workers = Array.from({ length: 4 }, () => start(program, url));
    while (workers.some(({ lines }) => lines[0] !== "ready")) await setTimeout(5);
    for (const worker of workers) worker.process.stdin?.end();
    await Promise.all(workers.map(({ ended }) => ended));
    const claimed = workers.map(({ lines }) => lines.slice(1));
    expect(claimed.flat().toSorted()).toEqual(refs.toSorted());
    expect(claimed.filter((lines) => lines.length > 0).length).toBeGreaterThan(1);
    expect(workers.map(({ process: { exitCode } }) => exitCode)).toEqual([0, 0, 0, 0]);
    expect((await store.counts()).dirty).toBe(0);
    await store.close();
  });
});
