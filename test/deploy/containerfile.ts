import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";

const root = join(import.meta.dirname, "../..");

/** One line of a Containerfile. */
export interface Instruction {
  readonly word: string;
  readonly rest: string;
}

/** One stage: what it begins from, and its lines. */
export interface Stage {
  readonly image: string;
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

/** Reads a Containerfile: comments dropped, continued lines joined. */
export function readContainerfile(path: string): readonly Stage[] {
  const lines = readFileSync(join(root, path), "utf8")
    .replaceAll(/^\s*#.*\n/gm, "")
    .replaceAll(/\\\n\s*/g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const stages: { image: string; name: string | undefined; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [, word = "", rest = ""] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    const from = word === "FROM" ? /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(rest) : null;
    if (from !== null) stages.push({ image: from[1] ?? "", name: from[2], instructions: [] });
    else stages.at(-1)?.instructions.push({ word, rest });
  }
  return stages;
}

/** A stage acted out in a folder that stands for its file system. */
export interface ActedStage {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  /** The last line of a kind: `ENTRYPOINT`, `CMD`, `USER`. */
  last(word: string): string | undefined;
}

export interface ActOptions {
  readonly folder: string;
  /** Folders of the stages before, by name. */
  readonly before: ReadonlyMap<string, ActedStage>;
  /** Does a `RUN` line in a folder. */
  readonly run: (command: string, folder: string, environment: Readonly<Record<string, string>>) => void;
}

/** Carries out COPY, ENV, WORKDIR and RUN of a stage. COPY leaves out what the ignore file does. */
export function actOut({ instructions }: Stage, { folder, before, run }: ActOptions): ActedStage {
  let workingDirectory = "/";
  const environment: Record<string, string> = {};
  for (const { word, rest } of instructions) {
    if (word === "WORKDIR") {
      workingDirectory = rest;
      mkdirSync(join(folder, rest), { recursive: true });
    } else if (word === "ENV") {
      const [name = "", value = ""] = rest.split("=");
      environment[name] = value;
    } else if (word === "RUN") run(rest, join(folder, workingDirectory), environment);
    else if (word === "COPY") {
      const [, stage, paths = ""] = /^(?:--from=(\S+)\s+)?(.*)$/.exec(rest) ?? [];
      const words = paths.split(/\s+/);
      const target = words.at(-1) ?? "";
      const from = stage === undefined ? root : (before.get(stage)?.folder ?? "");
      for (const source of words.slice(0, -1)) {
        const to = join(folder, workingDirectory, target, target.endsWith("/") ? basename(source) : "");
        copy(join(from, source), to);
      }
    }
  }
  return {
    ...{ folder, environment, workingDirectory },
    last: (word) => instructions.findLast((one) => one.word === word)?.rest,
  };
}

function copy(from: string, to: string): void {
  if (!existsSync(from)) throw new Error(`the Containerfile copies ${relative(root, from)}, which is not there`);
  mkdirSync(dirname(to), { recursive: true });
  const outside = from.startsWith(root);
  const ignored = (path: string): boolean => /\/(?:node_modules|dist|\.turbo)(?:\/|$)/.test(path.slice(from.length));
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, filter: (path) => !outside || !ignored(path) });
}

interface LockEntry {
  readonly link?: boolean;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
}

/**
 * What `npm ci` would install, as links to what is installed here: packages of the lock file, and the workspaces' own
 * from `folder`. `production`: without what only building and testing need, and without what is optional.
 */
export function linkModules(folder: string, production: boolean): void {
  const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, LockEntry>>;
  };
  for (const [path, entry] of Object.entries(lock.packages)) {
    const left = entry.dev === true || entry.devOptional === true || entry.optional === true;
    const target = entry.link === true ? join(folder, entry.resolved ?? "") : join(root, path);
    if (!path.includes("node_modules/") || (production && left) || !existsSync(target)) continue;
    // Within another package: reached through the link to that one.
    if (path.lastIndexOf("node_modules/") > 0 && path.startsWith("node_modules/")) continue;
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(entry.link === true ? relative(dirname(place), target) : target, place);
  }
  if (production) return;
  mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
  for (const name of readdirSync(join(root, "node_modules/.bin"))) {
    symlinkSync(join(root, "node_modules/.bin", name), join(folder, "node_modules/.bin", name));
  }
}
