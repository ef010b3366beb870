import type { JsonObject } from "@cosell/connector";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { readYaml, type YamlSource } from "../configuration/yaml-source.ts";
import { FindingsError, UsageError } from "../failure/findings-error.ts";

/** The input of an operation, with the places of its members. */
export interface ApiInput {
  readonly source: YamlSource;
  readonly members: JsonObject;
}

/**
 * Reads JSON (or YAML, which JSON is a part of) from a file, from standard input (`-`), or nothing: an empty input.
 * @throws UsageError when the file cannot be read; FindingsError when it holds no object
 */
export async function readInput(file: string | undefined): Promise<ApiInput> {
  const source = file === undefined ? readYaml("<no input>", "{}") : await readSource(file);
  const { data, findings } = source;
  if (findings.length === 0 && isObject(data)) return { source, members: data };
  const notObject = { severity: "error", code: "input", message: "The input must be one JSON object." } as const;
  throw new FindingsError(
    "The input cannot be read.",
    findings.length > 0 ? findings : [source.finding([], notObject)],
    "Correct the input, then run the command again.",
  );
}

async function readSource(file: string): Promise<YamlSource> {
  if (file === "-") return readYaml("<standard input>", await text(process.stdin));
  try {
    return readYaml(resolve(file), await readFile(file, "utf8"));
  } catch {
    throw new UsageError(`There is no readable file ${file}. Name another with --input, or - for standard input.`);
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
