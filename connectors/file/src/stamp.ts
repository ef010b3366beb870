import { stat } from "node:fs/promises";

/** How a file looks from outside. A different content under an equal stamp is possible only while `fresh`. */
export interface FileStamp {
  readonly text: string;
  readonly bytes: number;
  /** Changed so lately that one more change might have the same time: file systems count time in steps of up to two seconds. */
  readonly fresh: boolean;
}

const stepMs = 2500;

export async function stampOf(path: string): Promise<FileStamp> {
  const { mtimeNs, mtimeMs, size, ino } = await stat(path, { bigint: true });
  // The machine's clock, not the injected one: it is compared with the file system's.
  return { text: `${ino}/${size}/${mtimeNs}`, bytes: Number(size), fresh: Date.now() - Number(mtimeMs) < stepMs };
}
