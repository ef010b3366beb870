import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { failureOf } from "@cosell/connector";
import { openState } from "./open-state.ts";
import { markRecords, sync } from "./testing/case.ts";

const messageFor = async (url: string): Promise<string> => {
  const failure = await openState({ url }).then(
    () => undefined,
    (error: unknown) => failureOf(error),
  );
  expect(failure?.kind).toBe("config");
  return failure?.message ?? "";
};

describe("state.url", () => {
  it("can name a path relative to the working directory, or memory", async () => {
    const folder = await mkdtemp(join(tmpdir(), "cosell-state-"));
    const file = join(folder, "with spaces ?.db");
    await (await openState({ url: `sqlite:${relative(process.cwd(), file)}` })).close();
    expect((await stat(file)).size).toBeGreaterThan(0);
    await rm(folder, { recursive: true });
    const store = await openState({ url: "sqlite::memory:" });
    await markRecords(store, ["006A"]);
    expect(await store.linkByCrmRef(sync, "006A")).toMatchObject({ status: "new" });
    await store.close();
  });

  it.each([
    ["postgres://u:hunter2@h:port/d", "percent-encoded"],
    ["postgres://u:hun%ter2@h/d", "percent-encoding"],
    ["postgresql://u:hunter2@h/d?shema=x&sslmod=y", "shema, sslmod"],
    ["postgres://u:hunter2@h/d?schema=Cosell%22;drop", "plain name"],
    ["postgres://u:hunter2@h/d?sslmode=prefer", "disable, require, verify-ca, verify-full"],
    ["postgres://u:hunter2@h/d?sslrootcert=/no/such.pem", "ENOENT"],
    ["postgres://u:hunter2@h/d?statement_timeout=30s", "milliseconds from 1000"],
    ["postgres://u:hunter2@h/d?statement_timeout=999", "milliseconds from 1000"],
  ])("%s is refused with what is wrong, without its password", async (url, wrong) => {
    const message = await messageFor(url);
    expect(message).toContain(wrong);
    expect(message).toContain("postgres://user:password@host:5432/database");
    expect(message).not.toContain("hunter2");
  });

  it.each(["", "sqlite:", "sqlite://state.db", ".cosell/state.db", "mysql://u:hunter2@h/d"])(
    "%j is refused with an example of a right one",
    async (url) => {
      const message = await messageFor(url);
      expect(message).toContain("sqlite:.cosell/state.db");
      expect(message).not.toContain("hunter2");
    },
  );
});
