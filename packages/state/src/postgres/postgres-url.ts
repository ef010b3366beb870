import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import { FailureError } from "@cosell/connector";

/** Where the state lies on a PostgreSQL server, and how to get there. */
export interface PostgresPlace {
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  readonly schema: string;
  readonly ssl: ConnectionOptions | false;
  /** A statement that runs longer is ended, milliseconds. */
  readonly statementTimeoutMs: number;
  /** As a person would say it, without user and password. */
  readonly location: string;
}

const wanted =
  "Write postgres://user:password@host:5432/database, and after it what is needed of ?schema=cosell&sslmode=verify-full&sslrootcert=ca.pem&host=/var/run/postgresql&statement_timeout=60000.";

/** Our tables have plain names: they live in a schema of their own. */
const usualSchema = "cosell";

/** Long enough for every statement of a large company on a busy server. Milliseconds. */
const usualStatementTimeoutMs = 60_000;

const parameterNames: readonly string[] = ["schema", "sslmode", "sslrootcert", "host", "statement_timeout"];
const tlsModes = ["disable", "require", "verify-ca", "verify-full"] as const;
type TlsMode = (typeof tlsModes)[number];

const refused = (problem: string): FailureError =>
  new FailureError({ kind: "config", code: "state-url", message: `state.url ${problem}. ${wanted}` });

/** Reads `state.url`. Throws `config` for one that is wrong; its text is never told, it may hold a password. */
export const readPostgresUrl = (text: string): PostgresPlace => {
  const url = URL.parse(text);
  if (url === null)
    throw refused("is no PostgreSQL url (a password with / ? # @ : or % in it must be percent-encoded)");
  const parameters = url.searchParams;
  const unknown = [...parameters.keys()].filter((name) => !parameterNames.includes(name));
  if (unknown.length > 0) throw refused(`has a parameter that Cosell does not know: ${unknown.join(", ")}`);
  const schema = parameters.get("schema") ?? usualSchema;
  if (!/^[a-z_][a-z0-9_]{0,62}$/u.test(schema))
    throw refused("has a schema that is no plain name: letters a to z, digits and _ only");
  const statementTimeout = parameters.get("statement_timeout") ?? String(usualStatementTimeoutMs);
  if (!/^[1-9]\d{3,6}$/u.test(statementTimeout))
    throw refused("has a statement_timeout that is no number of milliseconds from 1000 to 9999999");
  const host = parameters.get("host") ?? decoded(url.hostname.replace(/^\[|\]$/gu, ""));
  const database = decoded(url.pathname.slice(1));
  return {
    host,
    port: url.port === "" ? undefined : Number(url.port),
    user: decoded(url.username),
    password: decoded(url.password),
    database,
    schema,
    statementTimeoutMs: Number(statementTimeout),
    ssl: tlsOf(host, parameters.get("sslmode") ?? undefined, parameters.get("sslrootcert") ?? undefined),
    location: `PostgreSQL database "${database ?? "(default)"}" at ${host ?? "this machine"}, schema ${schema}`,
  };
};

const decoded = (text: string): string | undefined => {
  try {
    return text === "" ? undefined : decodeURIComponent(text);
  } catch {
    throw refused("has a % that begins no percent-encoding; write %25 for the sign itself");
  }
};

/** Another machine is only spoken to with TLS and a checked certificate, unless the url says otherwise. */
const tlsOf = (
  host: string | undefined,
  mode: string | undefined,
  root: string | undefined,
): ConnectionOptions | false => {
  if (mode !== undefined && !isTlsMode(mode))
    throw refused(`has an sslmode that Cosell does not know; it knows ${tlsModes.join(", ")}`);
  const here = host === undefined || host.startsWith("/") || ["localhost", "127.0.0.1", "::1"].includes(host);
  const chosen = mode ?? (here && root === undefined ? "disable" : "verify-full");
  const ca = root === undefined ? {} : { ca: certificateIn(root) };
  switch (chosen) {
    case "disable":
      return false;
    case "require":
      return { rejectUnauthorized: false };
    case "verify-ca":
      return { ...ca, checkServerIdentity: () => undefined };
    case "verify-full":
      return ca;
  }
};

const isTlsMode = (mode: string): mode is TlsMode => (tlsModes as readonly string[]).includes(mode);

const certificateIn = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw refused(
      `names an sslrootcert that cannot be read (${(error as NodeJS.ErrnoException).code ?? "no code"}): ${path}`,
    );
  }
};
