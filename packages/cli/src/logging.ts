import type { Logger, LogFields } from "@cosell/connector";
import winston from "winston";
import type { GlobalOptions } from "./program/command.ts";

const shortestSecret = 4;

/**
 * Names of fields whose values are secrets or people's, whoever logs them: a rule for mistakes, since libraries log ids,
 * kinds and counts only.
 */
const hiddenNames =
  /secret|passw|token|authori[sz]ation|cookie|credential|signature|api_?key|private_?key|access_?key|client_?key|e_?mail|phone|first_?name|last_?name|full_?name|user_?name|company|customer|contact|street|address|city|postal|website|comment|description|payload|^body$|^headers$|^record$/;

const hidden = "[hidden]";

/** The log on standard error. Known secrets are replaced wherever they stand in a line, and fields named like one, whoever logged them. */
export function createLogger(
  options: Pick<GlobalOptions, "logLevel" | "logFormat">,
  secrets: readonly string[],
  stream: NodeJS.WritableStream = process.stderr,
): Logger {
  const redact = redactValues(secrets);
  const { combine, timestamp, printf } = winston.format;
  // winston's types describe its transports as interfaces, and its logger wants instances of the class.
  const standardError: unknown = new winston.transports.Stream({ stream, eol: "\n" });
  const logger = winston.createLogger({
    level: options.logLevel,
    format: combine(
      timestamp(),
      printf((info) =>
        options.logFormat === "json" ? redact(JSON.stringify(info)) : oneLine(redact(prettyLine(info))),
      ),
    ),
    transports: [standardError as winston.transport],
  });
  const at =
    (level: GlobalOptions["logLevel"]) =>
    (message: string, fields: LogFields = {}): void =>
      void logger.log({ ...hideByName(fields), level, message });
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** Fields by their names: `apiKey`, `api_key` and `x-api-key` are one. */
function hideByName(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const plain = name
        .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
        .replaceAll("-", "_")
        .toLowerCase();
      return [name, value !== undefined && hiddenNames.test(plain) ? hidden : value];
    }),
  );
}

/** Replaces values in finished lines: as they are, and as JSON and addresses spell them. The longest first: one may hold another. */
function redactValues(secrets: readonly string[]): (line: string) => string {
  const spellings = secrets
    .filter((secret) => secret.length >= shortestSecret)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  const known = [...new Set(spellings)].toSorted((one, other) => other.length - one.length);
  return (line) => known.reduce((text, secret) => text.replaceAll(secret, "[secret]"), line);
}

function prettyLine(info: winston.Logform.TransformableInfo): string {
  const { level, message, timestamp, ...fields } = info;
  const rest = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${quoted(value)}`);
  return [String(timestamp), level.padEnd(5), String(message), ...rest].join(" ");
}

function quoted(value: unknown): string {
  const text = String(value);
  return /[\s"=]/.test(text) ? JSON.stringify(text) : text;
}

/** Nothing that is logged begins a line of its own and passes for another entry. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, " ");
}
