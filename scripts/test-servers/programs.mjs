// Where programs are: on the PATH, in a distribution's usual places, or fetched into a cache folder.
import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** The folder that holds all of these programs, links resolved; `undefined` when there is none. */
export function folderWith(names, patterns = []) {
  const onPath = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  // The newest version first.
  const usual = patterns.flatMap((pattern) =>
    globSync(pattern).toSorted((one, two) => two.localeCompare(one, undefined, { numeric: true })),
  );
  const found = [...onPath, ...usual].find((folder) => names.every((name) => existsSync(join(folder, name))));
  return found && dirname(realpathSync(join(found, names[0])));
}

/** A folder of the cache that `fill` makes once, whole or not at all. */
export async function cached(name, fill) {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "cosell");
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const making = mkdtempSync(join(cache, ".making-"));
  try {
    await fill(making);
    try {
      renameSync(making, folder);
    } catch (error) {
      if (!existsSync(folder)) throw error; // Another run was quicker.
    }
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return folder;
}

/** Runs a program to its end in a folder; its output is told only when it fails. */
export function perform(folder, program, parameters, user = {}) {
  try {
    execFileSync(program, parameters, { cwd: folder, encoding: "utf8", stdio: ["ignore", "ignore", "pipe"], ...user });
  } catch (error) {
    const reason =
      error.code === "ENOENT" ? "it is not installed" : (error.stderr ?? error.message).trim().split("\n").at(-1);
    throw new Error(`${program} failed: ${reason}`, { cause: error });
  }
}
