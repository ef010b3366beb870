import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type Failure, failureOf, silentLogger, systemClock } from "@cosell/connector";
import { sql } from "kysely";
import pg from "pg";
import { type BreakableLink, breakableLink } from "../testing/breakable-link.ts";
import { openState } from "../open-state.ts";
import type { StateStore } from "../store.ts";
import { claimAll, collect, linkOfRecord, markRecords, newLink, refsOf, sync } from "../testing/case.ts";
import { type TestDatabase, testDatabase } from "../testing/index.ts";
import { openPostgres } from "./open-postgres.ts";

let database: TestDatabase;
let admin: pg.Client;
const stores: StateStore[] = [];
beforeEach(async () => {
  database = await testDatabase();
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
});
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  await admin.end();
  await database.drop();
});

const open = async (url = database.url, lockTimeoutMs = 5000): Promise<StateStore> => {
  const store = await openState({ url, lockTimeoutMs });
  stores.push(store);
  return store;
};

const failureFrom = async (work: Promise<unknown>): Promise<Failure | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => failureOf(error) ?? Promise.reject(error as Error),
  );

const changed = (change: (url: URL) => void): string => {
  const url = new URL(database.url);
  url.password = "hunter2";
  change(url);
  return url.href;
};

const schema = (): string => new URL(database.url).searchParams.get("schema") ?? "";

describe("a database that is not fit", () => {
  it("does not exist: its name is told, and what to do; the password never", async () => {
    const failure = await failureFrom(open(changed((url) => (url.pathname = "/no-such-database"))));
    expect(failure).toMatchObject({ kind: "config", code: "3D000" });
    expect(failure?.message).toMatch(/no-such-database.*create database/u);
    expect(failure?.message).not.toContain("hunter2");
  });

  it("knows no such user", async () => {
    const failure = await failureFrom(open(changed((url) => (url.username = "no_such_user"))));
    expect(failure).toMatchObject({ kind: "config", code: "28000" });
    expect(failure?.message).not.toContain("hunter2");
  });

  it("gives the user no right to make the schema", async () => {
    const role = `reader_${schema()}`;
    await admin.query(`create role "${role}" login`);
    try {
      const failure = await failureFrom(open(changed((url) => (url.username = role))));
      expect(failure).toMatchObject({ kind: "config", code: "42501" });
      expect(failure?.message).toContain("grant create");
    } finally {
      await admin.query(`drop role "${role}"`);
    }
  });

  it("has another program's table in the schema, which stays as it is", async () => {
    await admin.query(`create schema "${schema()}"; create table "${schema()}".links (id text)`);
    expect(await failureFrom(open())).toMatchObject({ kind: "config", code: "42P07" });
    const { rows } = await admin.query("select table_name from information_schema.tables where table_schema = $1", [
      schema(),
    ]);
    expect(rows).toEqual([{ table_name: "links" }]);
  });
});

/** A server that answers a connection's first bytes with these. Real ones cannot be brought to say everything. */
const answering = async (answer: Buffer | undefined, work: (port: number) => Promise<void>): Promise<void> => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.once("data", () => answer && socket.write(answer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  try {
    await work(typeof address === "object" && address !== null ? address.port : 0);
  } finally {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
};

/** An ErrorResponse of PostgreSQL's protocol. */
const errorResponse = (code: string): Buffer => {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0Mhunter2\0\0`);
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
};

describe("a server that does not let us in", () => {
  it.each([
    ["28P01", "config"],
    ["53300", "transient"],
    ["57P03", "transient"],
  ])("%s is told as %s", (code, kind) =>
    answering(errorResponse(code), async (port) => {
      const failure = await failureFrom(open(`postgres://u:hunter2@127.0.0.1:${port}/d`));
      expect(failure).toMatchObject({ kind, code });
      expect(failure?.message).not.toContain("hunter2");
    }),
  );

  it("speaks no TLS where it must", () =>
    answering(Buffer.from("N"), async (port) => {
      const failure = await failureFrom(open(`postgres://u:hunter2@127.0.0.1:${port}/d?sslmode=verify-full`));
      expect(failure).toMatchObject({ kind: "config", code: "no-tls" });
    }));

  it("says nothing: it is given up after the time", () =>
    answering(undefined, async (port) => {
      const failure = await failureFrom(open(`postgres://u:hunter2@127.0.0.1:${port}/d`, 100));
      expect(failure).toMatchObject({ kind: "transient", code: "connection-lost" });
    }));

  it("is not there", async () => {
    const failure = await failureFrom(open("postgres://u:hunter2@127.0.0.1:1/d"));
    expect(failure).toMatchObject({ kind: "transient", code: "ECONNREFUSED" });
    expect(failure?.message).toContain("127.0.0.1");
    expect(failure?.message).not.toContain("hunter2");
  });
});

describe("a connection that is lost", () => {
  let way: BreakableLink;
  let throughIt = "";
  let store: StateStore;
  beforeEach(async () => {
    const { hostname, port, searchParams } = new URL(database.url);
    const folder = searchParams.get("host");
    way = await breakableLink(
      folder === null ? { host: hostname, port: Number(port || 5432) } : { path: `${folder}/.s.PGSQL.${port || 5432}` },
    );
    const url = new URL(database.url.replace(/^postgres:\/\/\//u, "postgres://127.0.0.1/"));
    url.hostname = "127.0.0.1";
    url.port = String(way.port);
    url.searchParams.delete("host");
    throughIt = url.href;
    store = await open(throughIt);
  });
  afterEach(() => way.close());

  it("fails as transient while the server is away, and works again when it is back", async () => {
    await markRecords(store, ["006A"]);
    await way.close();
    for (const attempt of [1, 2]) {
      const failure = await failureFrom(markRecords(store, [`006B${attempt}`]));
      expect(failure).toMatchObject({ kind: "transient" });
      expect(failure?.message).toMatch(/not stored.*run again/u);
    }
    expect(await failureFrom(store.counts())).toMatchObject({ kind: "transient" });
    await way.open();
    await markRecords(store, ["006C"]);
    expect((await collect(store.links())).map(({ crmRef }) => crmRef)).toEqual(["006A", "006C"]);
  });

  it("in the middle of a step stores nothing of it", async () => {
    way.cutAfterSending('insert into "marks"');
    expect(await failureFrom(markRecords(store, ["006A"]))).toMatchObject({ kind: "transient" });
    expect((await store.counts()).links.new).toBe(0);
    expect(await markRecords(store, ["006A"])).toBe(1);
  });

  it("before a commit was answered: the server is asked what became of it, and the step counts as done", async () => {
    const { id } = await newLink(store, "006A");
    way.cutAfterSending("commit");
    await store.settle(id, { journal: [{ at: 1, kind: "update", summary: "Sent.", detail: {} }] });
    expect(await store.journal(id)).toHaveLength(1);
  });

  it("or falls silent is given up after the time, and used no more", async () => {
    const url = new URL(throughIt);
    url.searchParams.set("statement_timeout", "1000");
    const silent = await open(url.href, 1000);
    await markRecords(silent, ["006A"]);
    way.freeze();
    expect(await failureFrom(markRecords(silent, ["006B"]))).toMatchObject({ kind: "transient" });
    expect(await markRecords(silent, ["006C"])).toBe(1);
  });

  it("that a statement keeps busy for too long is told so, and used again", async () => {
    const url = changed((to) => to.searchParams.set("statement_timeout", "1000"));
    const impatient = await openPostgres({ url, logger: silentLogger, lockTimeoutMs: 5000 });
    const sleeping = impatient.queries.executeQuery(sql`select pg_sleep(60)`.compile(impatient.queries));
    expect(await failureFrom(sleeping)).toMatchObject({ kind: "transient", code: "57014" });
    await impatient.close();
  });

  it("while it was idle is noticed, and the next step makes a new one", async () => {
    await markRecords(store, ["006A"]);
    way.cut();
    // The end of the connection reaches us after some turns of the loop, at the latest with the failure of a step.
    const outcomes = [await failureFrom(store.counts()), await failureFrom(store.counts())];
    expect(outcomes[0]?.kind ?? "transient").toBe("transient");
    expect(outcomes[1]).toBeUndefined();
  });

  it("because the server was told to end it, fails as transient", async () => {
    await markRecords(store, ["006A"]);
    await admin.query("begin");
    await admin.query(`lock table "${schema()}".links in access exclusive mode`);
    const marking = failureFrom(markRecords(store, ["006B"]));
    let ended = 0;
    while (ended === 0) {
      const { rows } = await admin.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))",
      );
      ended = rows.length;
    }
    expect(await marking).toMatchObject({ kind: "transient", code: "57P01" });
    await admin.query("rollback");
    expect(await markRecords(store, ["006B"])).toBe(1);
  });
});

describe("several transactions at once", () => {
  it("a lock that is not let go is given up after the time, and works again when it is gone", async () => {
    const store = await open(database.url, 100);
    await admin.query("begin");
    await admin.query(`lock table "${schema()}".links in access exclusive mode`);
    const failure = await failureFrom(markRecords(store, ["006A"]));
    expect(failure).toMatchObject({ kind: "transient", code: "55P03" });
    await admin.query("rollback");
    expect(await markRecords(store, ["006A"])).toBe(1);
  });

  it("two that give one opportunity to two records: one is refused as a conflict", async () => {
    const [one, two] = [await open(), await open()];
    for (let round = 0; round < 10; round += 1) {
      const [a, b] = [await newLink(one, `A${round}`), await newLink(one, `B${round}`)];
      const outcomes = await Promise.all([
        failureFrom(one.settle(a.id, { patch: { opportunityId: `O${round}` } })),
        failureFrom(two.settle(b.id, { patch: { opportunityId: `O${round}` } })),
      ]);
      expect(outcomes.filter((failure) => failure?.kind === "conflict")).toHaveLength(1);
      expect(outcomes.filter((failure) => failure === undefined)).toHaveLength(1);
    }
  });

  it("marks of the same records in every order, from several stores, are all kept", async () => {
    const all = await Promise.all([open(), open(), open()]);
    const refs = Array.from({ length: 40 }, (_, index) => `006-${index}`);
    await Promise.all(
      Array.from({ length: 18 }, (_, index) => {
        const store = all[index % 3] ?? all[0];
        return markRecords(store, index % 2 === 0 ? refs : refs.toReversed(), `reason ${index}`);
      }),
    );
    const claims = await claimAll(all[0], "a");
    expect(refsOf(claims).toSorted()).toEqual(refs.toSorted());
    for (const { reasons } of claims) expect(new Set(reasons).size).toBe(18);
  });

  it("a lease runs by the server's time, whatever the clocks of the machines say", async () => {
    const opened = async (byMs: number): Promise<StateStore> => {
      const clock = { ...systemClock, now: () => systemClock.now() + byMs };
      const store = await openState({ url: database.url, clock });
      stores.push(store);
      return store;
    };
    const [right, fast, slow] = [await opened(0), await opened(3_600_000), await opened(-3_600_000)];
    const { id } = await newLink(slow, "006A");
    expect(await claimAll(right, "right")).toHaveLength(1);
    for (const [name, store] of [
      ["fast", fast],
      ["slow", slow],
    ] as const) {
      expect(await store.claimable(sync, { limit: 1 })).toEqual([]);
      expect(await claimAll(store, name)).toEqual([]);
      expect(await store.claimOwners(sync)).toEqual([{ owner: "right", linkIds: [id] }]);
      await right.release("right", [id]);
      expect(await claimAll(store, name)).toHaveLength(1);
      await store.renew(name, [id], 60_000);
      expect(await claimAll(right, "right")).toEqual([]);
      await database.elapse(60_000);
      expect(await claimAll(right, "right")).toHaveLength(1);
    }
  });

  it("a renewal and a mark at the same moment both hold", async () => {
    const [one, two] = [await open(), await open()];
    const link = await newLink(one, "006A");
    const leaseMs = 3_600_000;
    for (let round = 0; round < 20; round += 1) {
      await one.claim(sync, "a", { limit: 1, leaseMs: 1 });
      await Promise.all([one.renew("a", [link.id], leaseMs), markRecords(two, ["006A"], `mark ${round}`)]);
      const { rows } = await admin.query(
        `select claimed_until > extract(epoch from now()) * 1000 + 1000000 as held from "${schema()}".marks`,
      );
      expect(rows).toEqual([{ held: true }]);
      await one.release("a", [link.id]);
    }
    expect((await claimAll(one, "b"))[0]?.reasons).toHaveLength(20);
  });

  it("a join and a move that meet leave one link per record", async () => {
    const [one, two] = [await open(), await open()];
    for (let round = 0; round < 10; round += 1) {
      const link = await newLink(one, `A${round}`);
      await one.settle(link.id, { patch: { opportunityId: `O${round}`, status: "linked" } });
      const [joined, moved] = await Promise.all([
        failureFrom(one.join(sync, { crmRef: `B${round}`, opportunityId: `P${round}` })),
        failureFrom(two.moveLink(link.id, `B${round}`)),
      ]);
      expect([joined, moved].filter((failure) => failure?.kind === "conflict")).toHaveLength(1);
      expect(await linkOfRecord(one, `B${round}`)).toMatchObject({ status: "linked" });
    }
  });
});

it("other clients of pg in the process keep their own types", async () => {
  await open();
  const { rows } = await admin.query("select 1::bigint as one, 'a\uE0000b' as text");
  expect(rows).toEqual([{ one: "1", text: "a\uE0000b" }]);
});
