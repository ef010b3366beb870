import { type Failure, failureOf } from "@cosell/connector";

interface Meaning {
  readonly kind: "config" | "permission" | "transient" | "aborted";
  readonly says: string;
}

/** What the errors of a file system mean (errno(3)). */
const meanings: Readonly<Record<string, Meaning>> = {
  ENOENT: { kind: "config", says: "There is no such file or folder: check folder and file in the configuration." },
  ENOTDIR: { kind: "config", says: "A part of the path is no folder: check folder in the configuration." },
  EISDIR: { kind: "config", says: "That is a folder, and a file is meant: check file in the configuration." },
  ENAMETOOLONG: { kind: "config", says: "The path is too long." },
  EACCES: {
    kind: "permission",
    says: "The user that Cosell runs as may not do that: grant it on the folder and its files.",
  },
  EPERM: {
    kind: "permission",
    says: "The user that Cosell runs as may not do that: grant it on the folder and its files.",
  },
  EROFS: { kind: "permission", says: "The folder cannot be written to." },
  EBUSY: { kind: "transient", says: "Another program holds the file." },
  EMFILE: { kind: "transient", says: "Too many files are open." },
  ENFILE: { kind: "transient", says: "Too many files are open." },
  ENOSPC: { kind: "transient", says: "The disk is full: nothing was changed." },
  EDQUOT: { kind: "transient", says: "The disk quota is used up: nothing was changed." },
  EIO: { kind: "transient", says: "The disk failed to read or write." },
  ESTALE: { kind: "transient", says: "The network drive lost the file." },
  ETIMEDOUT: { kind: "transient", says: "The network drive did not answer." },
  ABORT_ERR: { kind: "aborted", says: "The call was ended by Cosell." },
};

/** What any error means: the file system's, or one that we threw. Total: what nobody knows is `bug`. */
export function classify(error: unknown): Failure {
  try {
    const known = failureOf(error);
    if (known) return known;
    const code = errorCode(error);
    const meaning = code !== undefined && Object.hasOwn(meanings, code) ? meanings[code] : undefined;
    if (code !== undefined && meaning) return { kind: meaning.kind, message: `${pathOf(error)}${meaning.says}`, code };
  } catch {
    // Even looking at it throws.
  }
  return { kind: "bug", message: "The file connector failed in a way that it does not know." };
}

/** The code of an error of Node's; `undefined` for any other. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  if ("name" in error && error.name === "AbortError") return "ABORT_ERR";
  return typeof error.code === "string" ? error.code : undefined;
}

function pathOf(error: unknown): string {
  const path = (error as { readonly path?: unknown }).path;
  return typeof path === "string" ? `${path}: ` : "";
}
