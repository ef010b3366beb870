import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { SchemaSnapshot } from "@cosell/connector";
import { checkInvitationMapping, checkMapping, formatFinding, loadMapping } from "@cosell/core";
import { partnerCentralTarget } from "@cosell/partner-central";

const mappings = join(import.meta.dirname, "../../mappings");
const files = globSync("**/*.yaml", { cwd: mappings }).filter(
  (file) => dirname(file) !== "tables" && !file.endsWith(".cases.yaml"),
);

/** What lies beside the file that names it, or else a shipped mapping by its id. */
function resolve(reference: string, fromFile: string) {
  const found = [join(dirname(fromFile), reference), `${reference}.yaml`].find((file) =>
    existsSync(join(mappings, file)),
  );
  return found === undefined ? undefined : { file: found, text: readFileSync(join(mappings, found), "utf8") };
}

function snapshotOf(file: string, connector: string, object: string): SchemaSnapshot {
  const name = `${connector}.${object}.json`;
  const found = [join(dirname(file), "snapshots", name), join("snapshots", name)].find((path) =>
    existsSync(join(mappings, path)),
  );
  if (found === undefined) throw new Error(`${file} has no snapshot ${name}.`);
  return JSON.parse(readFileSync(join(mappings, found), "utf8")) as SchemaSnapshot;
}

describe("a shipped mapping", () => {
  it("is there", () => {
    expect(files.map((file) => basename(file))).toContain("salesforce.opportunity.yaml");
  });

  it.each(files)("%s has no findings against its snapshot", (file) => {
    const text = readFileSync(join(mappings, file), "utf8");
    const { document, invitation, findings } = loadMapping({ file, text, resolve });
    expect(findings.map(formatFinding)).toEqual([]);
    const { crm } = (document ?? invitation) as NonNullable<typeof document | typeof invitation>;
    const schema = snapshotOf(file, crm.connector.text, crm.object.text);
    const options = { target: partnerCentralTarget, schema };
    const meant = [
      ...(document === undefined ? [] : checkMapping(document, options)),
      ...(invitation === undefined ? [] : checkInvitationMapping(invitation, options)),
    ];
    expect(meant.map(formatFinding)).toEqual([]);
  });
});
