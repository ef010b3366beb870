import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection, ConnectorContext } from "@cosell/connector";
import { testContext } from "@cosell/connector/testing";
import { config } from "../config.ts";
import { connect } from "../connect.ts";

/** A folder of its own with these files, for this package's tests. */
export interface TestFolder {
  readonly folder: string;
  readonly path: (name: string) => string;
  readonly save: (name: string, content: string | Uint8Array) => Promise<void>;
  readonly connect: (objects: object, context?: Partial<ConnectorContext>) => Promise<Connection>;
  readonly close: () => Promise<void>;
}

export async function makeFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<TestFolder> {
  const folder = await mkdtemp(join(tmpdir(), "cosell-file-"));
  const path = (name: string): string => join(folder, name);
  const save = (name: string, content: string | Uint8Array): Promise<void> => writeFile(path(name), content);
  for (const [name, content] of Object.entries(files)) await save(name, content);
  return {
    ...{ folder, path, save },
    connect: (objects, context) => connect(config.parse({ folder, objects }), { ...testContext(), ...context }),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
