import type { Logger, LogFields } from "@cosell/connector";
import winston from "winston";
import type { GlobalOptions } from "./program/command.ts";

const shortestSecret = 4;

/** The log on standard error. Known secrets are replaced wherever they stand in a line, whoever logged them. */
export function createLogger(
  options: Pick<GlobalOptions, "logLevel" | "logFormat">,
  secrets: readonly string[],
): Logger {
  const known = secrets.filter((secret) => secret.length >= shortestSecret);
  const redact = (text: string): string =>
    known.reduce((result, secret) => result.replaceAll(secret, "[secret]"), text);
  const { combine, timestamp, printf } = winston.format;
  // winston's types describe its transports as interfaces, and its logger wants instances of the class.
  const standardError: unknown = new winston.transports.Stream({ stream: process.stderr, eol: "\n" });
  const logger = winston.createLogger({
    level: options.logLevel,
    format: combine(
      timestamp(),
      printf((info) => redact(options.logFormat === "json" ? JSON.stringify(info) : prettyLine(info))),
    ),
    transports: [standardError as winston.transport],
  });
  const at =
    (level: GlobalOptions["logLevel"]) =>
    (message: string, fields: LogFields = {}): void =>
      void logger.log({ ...fields, level, message });
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

function prettyLine(info: winston.Logform.TransformableInfo): string {
  const { level, message, timestamp, ...fields } = info;
  const rest = Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`);
  return [String(timestamp), level.padEnd(5), String(message), ...rest].join(" ");
}
