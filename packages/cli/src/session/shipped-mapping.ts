import { FailureError } from "@cosell/connector";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where a mapping that comes with Cosell lies, looked up from this file's folder upwards. @throws FailureError `config` */
export function shippedMapping(name: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, "mappings", name);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) break;
  }
  throw new FailureError({
    kind: "config",
    message: `The mapping ${name} that comes with Cosell is not there: install the repository again.`,
  });
}
