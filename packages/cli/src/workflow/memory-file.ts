import { FailureError } from "@cosell/connector";
import type { WorkflowMemory, WorkflowRecord } from "@cosell/partner-central/workflows";
import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { UsageError } from "../failure/findings-error.ts";

/** A workflow's memory in a file, which only its owner may read: it holds the deal. */
export interface MemoryFile extends WorkflowMemory {
  /** As the user would type it. */
  readonly path: string;
}

/** Where a workflow is remembered that names no file. */
const usualFolder = ".cosell/workflows";

/**
 * The memory of a workflow. A file that is named and there is gone on with; one that is not there is begun. A save is
 * whole or not at all: it is written beside the file, brought to the disk, and then takes its place.
 */
export function memoryFile(workflow: string, named: string | undefined): MemoryFile {
  const file = resolve(named ?? `${usualFolder}/${workflow.replaceAll(" ", "-")}-${randomUUID().slice(0, 8)}.json`);
  const path = relative(process.cwd(), file);
  return {
    path,
    async load() {
      const text = await readIfThere(file, path);
      return text === undefined ? undefined : recordIn(text, path);
    },
    async save(record) {
      const beside = `${file}.${process.pid}.tmp`;
      try {
        await mkdir(dirname(file), { recursive: true });
        const handle = await open(beside, "w", 0o600);
        try {
          await handle.writeFile(`${JSON.stringify(record, null, 2)}\n`);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(beside, file);
      } catch (cause) {
        await rm(beside, { force: true }).catch(() => undefined);
        const message = `${path} cannot be written, so the workflow stopped. Check the path and the permission, or name another file with --resume.`;
        throw new FailureError({ kind: "config", message }, { cause });
      }
    },
  };
}

async function readIfThere(file: string, path: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new UsageError(`${path} cannot be read. Name a workflow's file with --resume, or one that is not there yet.`);
  }
}

function recordIn(text: string, path: string): WorkflowRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (isRecord(value)) return value;
  throw new UsageError(
    `${path} is no memory of a workflow that this release can read. Name another with --resume; look at AWS before you begin the same deal anew.`,
  );
}

function isRecord(value: unknown): value is WorkflowRecord {
  if (!isObject(value)) return false;
  const { version, workflow, catalog, input, steps } = value;
  return (
    version === 1 &&
    typeof workflow === "string" &&
    (catalog === "AWS" || catalog === "Sandbox") &&
    isObject(input) &&
    isObject(steps) &&
    Object.values(steps).every((step) => isObject(step) && ("result" in step || isObject(step["call"])))
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
