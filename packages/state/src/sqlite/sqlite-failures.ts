import { FailureError, failureOf, type Failure } from "@cosell/connector";

/** The code of the failure that a lock gives: waiting can help. */
export const lockedCode = "SQLITE_BUSY";

const rebuild =
  "Restore a backup, or move it away (with its -wal and -shm files) and run `cosell sync`: it finds the links again at AWS and in the CRM, and creates nothing twice.";

/** The file is a state file, but its content is broken. */
export const damaged = (location: string): Failure => ({
  kind: "config",
  code: "SQLITE_CORRUPT",
  message: `${location} is damaged. Nothing was changed. ${rebuild}`,
});

/** The file is something else: not SQLite, or another program's database. */
export const notState = (location: string, found: string): Failure => ({
  kind: "config",
  code: "SQLITE_NOTADB",
  message: `${location} is no state file of Cosell: it is ${found}. Nothing was changed. Correct state.url. If it was the state: ${rebuild}`,
});

const notWritable = (location: string, code: string): Failure => ({
  kind: "config",
  code,
  message: `${location} cannot be opened for writing (${code}). Give this user the right to write the file and its folder, or correct state.url.`,
});

const full = (location: string, code: string): Failure => ({
  kind: "transient",
  code,
  message: `There is no room left to write ${location}. This step was not stored. Free space on that disk and run again.`,
});

/** By SQLite's primary result code, https://www.sqlite.org/rescode.html */
const bySqliteCode: Readonly<Record<number, (location: string) => Failure>> = {
  3: (location) => notWritable(location, "SQLITE_PERM"),
  5: (location) => ({
    kind: "transient",
    code: lockedCode,
    message: `${location} is locked by another process that does not let go. End that process (another Cosell, a backup, a database browser) and run again.`,
  }),
  8: (location) => notWritable(location, "SQLITE_READONLY"),
  10: (location) => ({
    kind: "transient",
    code: "SQLITE_IOERR",
    message: `Reading or writing ${location} failed at the disk. This step was not stored. Check the disk, and that the file lies on a local one, then run again.`,
  }),
  11: damaged,
  13: (location) => full(location, "SQLITE_FULL"),
  14: (location) => notWritable(location, "SQLITE_CANTOPEN"),
  26: (location) => notState(location, "not an SQLite database"),
};

/** By the operating system's code, when the file is made. */
const byCode: Readonly<Record<string, (location: string) => Failure>> = {
  ENOSPC: (location) => full(location, "ENOSPC"),
  EDQUOT: (location) => full(location, "EDQUOT"),
  EISDIR: (location) => notState(location, "a folder"),
  ERR_INVALID_STATE: (location) => ({
    kind: "aborted",
    message: `The state store ${location} is closed already.`,
  }),
  ...Object.fromEntries(
    ["EACCES", "EPERM", "EROFS", "ENOENT", "ENOTDIR", "EEXIST"].map((code) => [
      code,
      (location: string) => notWritable(location, code),
    ]),
  ),
};

/** What an error of SQLite or of the file system means for a person. Only codes are read, never values. */
const explainSqlite = (error: unknown, location: string): FailureError => {
  if (failureOf(error) !== undefined) return error as FailureError;
  const { errcode, code } = error as { readonly errcode?: number; readonly code?: string };
  const explain =
    (errcode === undefined ? undefined : bySqliteCode[errcode & 0xff]) ??
    (code === undefined ? undefined : byCode[code]);
  const failure: Failure = explain?.(location) ?? {
    kind: "bug",
    code: errcode === undefined ? (code ?? "unknown") : `SQLITE_${errcode}`,
    message: `The state store ${location} failed in a way that it should not. Nothing of this step was stored. Please report it with the code.`,
  };
  return new FailureError(failure, { cause: error });
};

/** Does `work`; its errors leave as failures of `location`. */
export const explained = <Result>(location: string, work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    throw explainSqlite(error, location);
  }
};
