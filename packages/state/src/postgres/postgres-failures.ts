import { FailureError, failureOf, type Failure } from "@cosell/connector";

type Explain = (location: string, code: string) => Failure;

const transient =
  (what: string, advice: string): Explain =>
  (location, code) => ({
    kind: "transient",
    code,
    message: `${location}: ${what} (${code}). This step was not stored. ${advice}`,
  });

const config =
  (what: string, advice: string): Explain =>
  (location, code) => ({
    kind: "config",
    code,
    message: `${location}: ${what} (${code}). Nothing was changed. ${advice}`,
  });

const unreachable = transient(
  "the connection was lost or cannot be made",
  "See that the server runs and can be reached from here, then run again; a worker goes on by itself.",
);
const starting = transient(
  "the server is starting, stopping or recovering",
  "Run again in a moment; a worker goes on by itself.",
);
const crowded = transient(
  "the server has no connection left for us",
  "Raise its max_connections or end processes that hold some, then run again.",
);
const full = transient("the server is out of disk space or memory", "Free some there and run again.");
const disturbed = transient("other processes changed the same rows again and again", "Run again.");
const refusedUser = config("the server refuses this user or password", "Correct them in state.url.");
const untrusted = config(
  "the server's certificate cannot be trusted",
  "Give the authority's certificate in state.url (?sslrootcert=ca.pem), or choose another sslmode.",
);
const otherTables = config(
  "the tables are not those that this version of Cosell knows",
  "A newer version may have changed them, or the schema is another program's. Update Cosell, or name another schema in state.url.",
);

/** By SQLSTATE, whole or its class; https://www.postgresql.org/docs/current/errcodes-appendix.html */
const bySqlState: Readonly<Record<string, Explain>> = {
  "08": unreachable,
  "57P": starting,
  "57014": transient("a statement took too long and was ended", "See what else keeps the server busy, then run again."),
  "55P03": transient(
    "another process holds a lock and does not let go",
    "End that process (another Cosell, a backup, a session left open) and run again.",
  ),
  "25P": transient("a step stood still for too long and was ended", "Run again."),
  "25006": transient(
    "the server only reads now: it is a standby, or was made one",
    "Point state.url at the primary server, or wait until it is one again.",
  ),
  "40": disturbed,
  "53300": crowded,
  "53": full,
  "58": transient("the server cannot read or write its files", "Look at its log, then run again."),
  "28": refusedUser,
  "3D000": config("there is no such database", "Make it (create database …), or correct state.url."),
  "42501": config(
    "this user lacks a right",
    "Let it make the schema (grant create on database …) or make the schema for it (create schema … authorization …).",
  ),
  "42P01": otherTables,
  "42P07": otherTables,
  "42703": otherTables,
};

/** By the code of Node's network and TLS errors. */
const byCode: Readonly<Record<string, Explain>> = {
  ...Object.fromEntries(
    ["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EPIPE", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN", "ENOENT"].map(
      (code) => [code, unreachable],
    ),
  ),
  ENOTFOUND: config("there is no host of that name", "Correct state.url."),
  ...Object.fromEntries(
    [
      "SELF_SIGNED_CERT_IN_CHAIN",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "UNABLE_TO_GET_ISSUER_CERT",
      "CERT_HAS_EXPIRED",
      "ERR_TLS_CERT_ALTNAME_INVALID",
    ].map((code) => [code, untrusted]),
  ),
};

/** Errors of `pg` itself have no code, only these words. */
const byWords: readonly (readonly [RegExp, string, Explain])[] = [
  [
    /after calling end on the pool/u,
    "closed",
    (location) => ({ kind: "aborted", message: `The state store in ${location} is closed already.` }),
  ],
  [
    /does not support SSL/u,
    "no-tls",
    config(
      "the server does not speak TLS",
      "Write ?sslmode=disable in state.url if the way to it is safe, or switch TLS on there.",
    ),
  ],
  [/password must be a string|no password/u, "no-password", refusedUser],
  [/timeout|terminated|not queryable|connection error|closed/iu, "connection-lost", unreachable],
];

/** What an error of the server, of `pg` or of the network means for a person. Only codes are told, never values. */
export const explainPostgres = (error: unknown, location: string): FailureError => {
  if (failureOf(error) !== undefined) return error as FailureError;
  const { code = "", message = "" } = error as { readonly code?: string; readonly message?: string };
  const explain =
    [code, code.slice(0, 3), code.slice(0, 2)].map((part) => bySqlState[part]).find((one) => one !== undefined) ??
    byCode[code];
  if (explain !== undefined) return new FailureError(explain(location, code), { cause: error });
  const worded = code === "" ? byWords.find(([words]) => words.test(message)) : undefined;
  const failure: Failure = worded?.[2](location, worded[1]) ?? {
    kind: "bug",
    code: code === "" ? "unknown" : code,
    message: `${location}: the state store failed in a way that it should not (${code}). Nothing of this step was stored. Please report it with the code.`,
  };
  return new FailureError(failure, { cause: error });
};

/** The connection is of no use any more: the server did not refuse a statement, it went away or does not answer. */
export const isConnectionLost = ({ failure: { code = "" } }: FailureError): boolean =>
  !/^[0-9A-Z]{5}$/u.test(code) || code.startsWith("08") || code.startsWith("57P") || code.startsWith("25P");

/** Two transactions were in each other's way (serialization, deadlock, one key): alone it may work. */
export const isWorthRepeating = (code: string | undefined): boolean =>
  code === "40001" || code === "40P01" || code === "23505";
