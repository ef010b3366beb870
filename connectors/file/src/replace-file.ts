import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { errorCode } from "./classify.ts";
import { beside } from "./lock.ts";

/**
 * Writes a file anew in one step: whoever reads it sees the old content or the new one, whole, also after a crash.
 * A link is followed, and the file's permissions stay.
 *
 * @param mayReplace asked at the last moment; when it says no, everything stays as it was. @defaultValue always
 * @returns whether the file was replaced
 */
export async function replaceFile(
  path: string,
  content: AsyncIterable<Buffer>,
  mayReplace: () => Promise<boolean> = () => Promise.resolve(true),
): Promise<boolean> {
  const target = await realpath(path).catch(() => path);
  const fresh = beside(target, "new");
  try {
    const file = await open(fresh, "w", await modeOf(target));
    try {
      for await (const piece of content) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    if (!(await mayReplace())) return false;
    await rename(fresh, target);
    return true;
  } finally {
    await rm(fresh, { force: true });
  }
}

async function modeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mode & 0o777;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return 0o600;
    throw error;
  }
}
