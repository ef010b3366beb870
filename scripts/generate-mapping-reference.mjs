// Writes the JSON Schemas for editors (of mappings, of files of tables, of golden cases) and the mapping reference, all
// from the language's own definitions.
//
//   node --conditions=cosell-source scripts/generate-mapping-reference.mjs [--check]
//
// With --check it writes nothing, and fails when a file is not what it would write.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { casesSchema, mappingReference, mappingSchema, tableFileSchema } from "@cosell/core/mapping-schema";
import { partnerCentralTarget as target } from "@cosell/partner-central";

const root = join(import.meta.dirname, "..");
const statuses = target.readable.get("LifeCycle.ReviewStatus")?.values ?? [];
const state = (reviewStatus, stage) => ({ reviewStatus, stage, origin: undefined });
const states = [
  ...statuses.map((name) => ({ name, state: state(name) })),
  { name: "Launched", state: state("Approved", "Launched") },
];

const files = {
  "packages/core/schema/mapping.v1.json": JSON.stringify(mappingSchema({ target, states })),
  "packages/core/schema/table.v1.json": JSON.stringify(tableFileSchema(target)),
  "packages/core/schema/cases.v1.json": JSON.stringify(casesSchema({ target, states })),
  "docs/mapping-reference.md": mappingReference({ target, states }),
};

const check = process.argv.includes("--check");
for (const [name, text] of Object.entries(files)) {
  const file = join(root, name);
  const formatted = await format(text, { ...(await resolveConfig(file)), filepath: file });
  if (!check) writeFileSync(file, formatted);
  else if (!existsSync(file) || readFileSync(file, "utf8") !== formatted) {
    console.error(
      `${name} is not what scripts/generate-mapping-reference.mjs writes: run it, and look at what changed.`,
    );
    process.exitCode = 1;
  }
}
