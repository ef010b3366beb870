import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EmulatorUrls } from "./emulators.ts";
import { type Program, startProgram } from "./program.ts";

const root = join(import.meta.dirname, "../../..");

type Settings = Readonly<Record<string, unknown>>;

/** Where workers meet, and how they run. */
export interface InstallationOptions {
  readonly urls: EmulatorUrls;
  /** `postgres://…` or `sqlite:…` */
  readonly stateUrl: string;
  readonly queue?: { readonly url: string; readonly prefix: string };
  /** What AWS granted. */
  readonly quotas?: Settings;
  readonly worker?: Settings;
  /** Other connections. @defaultValue one, `crm`, to Salesforce */
  readonly connections?: Settings;
  /** More syncs, or others. @defaultValue one sync, `opportunities`, with the shipped mapping */
  readonly syncs?: Settings;
}

/** A folder with a `cosell.yaml`. */
export interface Installation {
  readonly folder: string;
  /** Writes the configuration anew, with something changed. */
  configure(change: Partial<InstallationOptions>): void;
  /** Starts `cosell worker` and waits until it is at work. */
  startWorker(args?: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Program>;
  remove(): void;
}

/** The file of a mapping that comes with Cosell, such as `hubspot.deal`. */
export const shippedMapping = (name: string): string => join(root, `mappings/${name}.yaml`);

/** Writes an installation into a temporary folder. */
export function createInstallation(given: InstallationOptions): Installation {
  const folder = mkdtempSync(join(tmpdir(), "cosell-workers-"));
  let options = given;
  const configure = (change: Partial<InstallationOptions>): void => {
    options = { ...options, ...change };
    const { urls, stateUrl, queue, quotas, worker, connections, syncs } = options;
    const configuration = {
      version: 1,
      partnerCentral: { catalog: "Sandbox", endpoint: urls.partnerCentralSelling, ...(quotas && { quotas }) },
      state: { url: stateUrl },
      ...(queue && { queue }),
      ...(worker && { worker }),
      connections: connections ?? {
        crm: { connector: "salesforce", instanceUrl: urls.salesforce, accessToken: "emulator-access-token" },
      },
      syncs: syncs ?? { opportunities: { connection: "crm", mapping: shippedMapping("salesforce.opportunity") } },
    };
    // JSON is YAML.
    writeFileSync(join(folder, "cosell.yaml"), JSON.stringify(configuration, undefined, 2));
  };
  configure({});
  return {
    folder,
    configure,
    startWorker: async (args = [], environment = {}) => {
      const program = startProgram(folder, ["worker", ...args], environment);
      await program.said("in step");
      return program;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
