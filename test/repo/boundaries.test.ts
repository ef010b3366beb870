import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "@jest/globals";

const root = join(import.meta.dirname, "../..");

/** Which package may import which. The arrows of the house; everything else is a wall. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  "packages/connector": [],
  "packages/core": ["@cosell/connector"],
  "packages/partner-central": ["@cosell/connector", "@cosell/core"],
  "packages/state": ["@cosell/connector"],
  "packages/engine": ["@cosell/connector", "@cosell/core", "@cosell/partner-central", "@cosell/state"],
  "packages/emulator": ["@cosell/partner-central"],
  "packages/worker": [
    "@cosell/connector",
    "@cosell/core",
    "@cosell/engine",
    "@cosell/partner-central",
    "@cosell/state",
  ],
  "packages/cli": [
    "@cosell/connector",
    "@cosell/connector-file",
    "@cosell/connector-hubspot",
    "@cosell/connector-pipedrive",
    "@cosell/connector-salesforce",
    "@cosell/core",
    "@cosell/emulator",
    "@cosell/engine",
    "@cosell/partner-central",
    "@cosell/state",
    "@cosell/worker",
  ],
  "connectors/file": ["@cosell/connector"],
  "connectors/hubspot": ["@cosell/connector"],
  "connectors/pipedrive": ["@cosell/connector"],
  "connectors/salesforce": ["@cosell/connector"],
};

/** What the pure core must not touch: time, chance, the outside. Hashing and URL parsing are computation. */
const impure =
  /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bsetTimeout\b|\bsetInterval\b|\bfetch\(|\bprocess\.|\bconsole\.|\bPromise\b|\basync\b|\bawait\b|\beval\(|\bnew Function\b/;
const pureNodeModules = new Set(["node:crypto"]);

interface SourceFile {
  readonly room: string;
  readonly path: string;
  readonly text: string;
  readonly isTest: boolean;
}

function sourcesOf(room: string): readonly SourceFile[] {
  return readdirSync(join(root, room, "src"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => ({
      room,
      path: relative(root, join(root, room, "src", path)),
      text: readFileSync(join(root, room, "src", path), "utf8"),
      isTest: path.endsWith(".test.ts") || path.includes("__fixtures__"),
    }));
}

function importsOf({ text }: SourceFile): readonly string[] {
  return [...text.matchAll(/^(?:import|export)\s[^;]*?from\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/gm)].map(
    (match) => match[1] ?? match[2] ?? "",
  );
}

/** A folder is a package once it has something to export. */
const rooms = ["packages", "connectors"]
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
  .filter((room) => existsSync(join(root, room, "src/index.ts")));
const sources = rooms.flatMap(sourcesOf);

describe("the house", () => {
  it("has a row for every package", () => {
    expect(rooms.toSorted()).toEqual(Object.keys(arrows).toSorted());
  });

  it("keeps its arrows: no package imports one that it must not know", () => {
    const broken = sources
      .filter(({ isTest }) => !isTest)
      .flatMap((file) =>
        importsOf(file)
          .filter((name) => name.startsWith("@cosell/") || name === "cosell")
          .map((name) => name.split("/").slice(0, 2).join("/"))
          .filter((name) => !(arrows[file.room] ?? []).includes(name))
          .map((name) => `${file.path} imports ${name}`),
      );
    expect(broken).toEqual([]);
  });

  it("lets the emulator know the model of Partner Central only", () => {
    const broken = sources
      .filter(({ room, isTest }) => room === "packages/emulator" && !isTest)
      .flatMap((file) =>
        importsOf(file)
          .filter((name) => name === "@cosell/partner-central")
          .map(() => file.path),
      );
    expect(broken).toEqual([]);
  });

  it("reaches into no other package's files", () => {
    const broken = sources.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith("."))
        .map((name) => relative(root, join(root, file.path, "..", name)))
        .filter((target) => !target.startsWith(`${file.room}/`) && !target.startsWith("test/"))
        .map((target) => `${file.path} reaches into ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it("keeps the core pure: no clock, no chance, no promise, no outside", () => {
    const broken = sources
      .filter(({ room, isTest }) => room === "packages/core" && !isTest)
      .flatMap((file) => {
        const code = file.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
        const found = impure.exec(code);
        const outside = importsOf(file).filter((name) => name.startsWith("node:") && !pureNodeModules.has(name));
        return [...(found ? [`${file.path}: ${found[0]}`] : []), ...outside.map((name) => `${file.path}: ${name}`)];
      });
    expect(broken).toEqual([]);
  });

  it("gives every package a README", () => {
    expect(rooms.filter((room) => !existsSync(join(root, room, "README.md")))).toEqual([]);
  });
});

/**
 * Files that every connector has, and why one has none of that name. Reading one connector is reading the others: only
 * what a CRM truly lacks may be missing.
 */
const connectorFiles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "index.ts": {},
  "config.ts": {},
  "connect.ts": {},
  "check.ts": {},
  "describe.ts": {},
  "changes.ts": {},
  "cursor.ts": {},
  "read.ts": {},
  "find.ts": {},
  "write.ts": {},
  "classify.ts": {},
  "conformance.test.ts": {},
  "session.ts": { file: "there is no server to talk to: store.ts opens files" },
  "transport.ts": { file: "nothing goes over the network" },
  "network-failure.ts": { file: "nothing goes over the network" },
  "credentials.ts": { file: "files ask for no credentials" },
  "quota.ts": { file: "files have no budget of calls" },
  "error-codes.ts": { file: "the file system's few codes stand in classify.ts" },
  "batches.ts": { file: "one look at the file answers for any number of records" },
  "field-paths.ts": { file: "a column is a name, never a path: a row has no related records" },
};

describe("the connectors", () => {
  const filesOf = new Map(
    rooms
      .filter((room) => room.startsWith("connectors/"))
      .map((room) => [room.slice("connectors/".length), readdirSync(join(root, room, "src"))]),
  );

  it.each(Object.entries(connectorFiles))("have %s, but for those that the table excuses", (file, excuses) => {
    const without = [...filesOf].filter(([, files]) => !files.includes(file)).map(([name]) => name);
    expect(without.toSorted()).toEqual(Object.keys(excuses).toSorted());
  });

  it("have a row for every file that most of them have", () => {
    const all = [...filesOf.values()].flat().filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
    const usual = [...new Set(all)].filter((file) => all.filter((other) => other === file).length * 2 > filesOf.size);
    expect(usual.filter((file) => !(file in connectorFiles))).toEqual([]);
  });
});

describe("the source", () => {
  it("has no file over 400 lines", () => {
    const long = sources
      .filter(({ path, text }) => !path.includes("/generated/") && text.split("\n").length > 401)
      .map(({ path }) => path);
    expect(long).toEqual([]);
  });

  it("skips, narrows and silences nothing", () => {
    const odd =
      /\b(?:it|test|describe)\.(?:skip|only|todo)\b|\bx(?:it|describe)\(|@ts-(?:ignore|nocheck|expect-error)|eslint-disable/;
    expect(sources.filter(({ text }) => odd.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe("the lock file", () => {
  interface LockEntry {
    readonly resolved?: string;
    readonly link?: boolean;
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly optionalDependencies?: Readonly<Record<string, string>>;
  }
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, LockEntry>>;
  };

  it("holds no download addresses", () => {
    const addresses = Object.entries(lock.packages).filter(([, entry]) => entry.resolved?.includes("://") === true);
    expect(addresses.map(([name]) => name)).toEqual([]);
  });

  it("has an entry for every dependency that an entry names, so that a clean install finds them all", () => {
    const present = new Set(
      Object.keys(lock.packages).map((path) => path.slice(path.lastIndexOf("node_modules/") + 13)),
    );
    const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
      Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
        .filter((name) => !present.has(name))
        .map((name) => `${path} needs ${name}`),
    );
    expect(missing).toEqual([]);
  });
});
