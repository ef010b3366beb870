import type { Finding } from "@cosell/core";
import type { InvitationRule, InvitationTest } from "@cosell/engine";
import { access } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { ConfiguredInvitations, ConfiguredSync } from "./configuration.ts";
import type { RawInvitations } from "./invitations-schema.ts";
import type { RawConfiguration } from "./schema.ts";
import { closest } from "./suggestion.ts";
import type { YamlSource } from "./yaml-source.ts";

const hour = 3_600_000;
type RawSync = RawConfiguration["syncs"][string];
type RawRule = Extract<RawInvitations["accept"], object>["rules"][number];

/** The invitations of one sync, completed; what is wrong with them goes to `findings`. */
export async function resolveInvitations(
  source: YamlSource,
  name: string,
  { invitations: raw, direction }: RawSync,
  findings: Finding[],
): Promise<ConfiguredInvitations | undefined> {
  if (raw === undefined) return undefined;
  const here = ["syncs", name, "invitations"];
  const wrong = (path: readonly PropertyKey[], code: string, message: string, suggestion?: string): void => {
    const more = suggestion === undefined ? {} : { suggestion };
    findings.push(source.finding([...here, ...path], { severity: "error", code, message, ...more }));
  };
  if (direction === "outbound") {
    wrong(
      [],
      "direction",
      "This sync only writes to AWS (direction: outbound), so that an invitation could never become a record.",
    );
  }
  const records: {
    -readonly [Key in keyof ConfiguredInvitations["records"][number]]: ConfiguredInvitations["records"][number][Key];
  }[] = [];
  for (const [index, entry] of raw.mappings.entries()) {
    const { mapping: file, ...rest } = typeof entry === "string" ? { mapping: entry } : entry;
    const mapping = resolve(dirname(source.file), file);
    const path = typeof entry === "string" ? ["mappings", index] : ["mappings", index, "mapping"];
    if (!(await isThere(mapping))) {
      wrong(path, "missing-file", `There is no readable file "${file}" (paths count from the configuration file).`);
    }
    records.push({ mapping, ...rest });
  }
  const rules = rulesOf(raw);
  await checkWords(raw, wrong);
  return {
    records,
    rules,
    alarmMs: raw.alarmHours.map((hours) => hours * hour),
    ...(raw.crmField === undefined ? {} : { decisionField: raw.crmField }),
  };
}

/** An invitation is answered once: two syncs of one partner account cannot both take them. */
export function refuseSecondTakers(source: YamlSource, syncs: readonly ConfiguredSync[], findings: Finding[]): void {
  const takers = syncs.filter(({ invitations }) => invitations !== undefined);
  for (const { name, partnerCentral } of takers) {
    const first = takers.find((other) => other.partnerCentral === partnerCentral);
    if (first === undefined || first.name === name) continue;
    const message = `The sync "${first.name}" takes the invitations of this partner account already: only one can.`;
    findings.push(
      source.finding(["syncs", name, "invitations"], { severity: "error", code: "second-taker", message }, "key"),
    );
  }
}

function rulesOf({ accept }: RawInvitations): readonly InvitationRule[] {
  if (accept === "manual") return [];
  if (accept === "all") return [{ when: {}, take: "accept" }];
  return accept.rules.map(({ when, take, reason, duplicates }) => ({
    take,
    when: Object.fromEntries(Object.entries(when).map(([path, test]) => [path, testOf(test)])),
    ...(reason === undefined ? {} : { reason }),
    ...(duplicates === undefined ? {} : { duplicates }),
  }));
}

/** `US`, `[US, DE]` and `{ in: [US, DE] }` say the same. */
function testOf(test: RawRule["when"][string]): InvitationTest {
  if (Array.isArray(test)) return { in: test };
  return typeof test === "object" ? test : { in: [test] };
}

/** Paths that AWS has, reasons that AWS takes. */
async function checkWords(
  { accept, crmField }: RawInvitations,
  wrong: (path: readonly PropertyKey[], code: string, message: string, suggestion?: string) => void,
): Promise<void> {
  const [{ rejectionReasons }, { partnerCentralTarget }] = await Promise.all([
    import("@cosell/engine"),
    import("@cosell/partner-central"),
  ]);
  const paths = [...partnerCentralTarget.readable.keys()].filter((path) => path.startsWith("Invitation."));
  const checkReason = (path: readonly PropertyKey[], reason: string): void => {
    if (rejectionReasons.includes(reason)) return;
    const message = `AWS does not take this reason; it takes ${rejectionReasons.join(", ")}.`;
    wrong(path, "unknown-reason", message, closest(reason, rejectionReasons));
  };
  for (const [index, { when, take, reason }] of (typeof accept === "object" ? accept.rules : []).entries()) {
    const here = ["accept", "rules", index];
    if (take === "reject" && reason !== undefined) checkReason([...here, "reason"], reason);
    for (const path of Object.keys(when)) {
      if (paths.includes(path)) continue;
      wrong([...here, "when", path], "unknown-target", `An invitation has no ${path}.`, closest(path, paths));
    }
  }
  for (const [value, reason] of Object.entries(crmField?.reject ?? {}))
    checkReason(["crmField", "reject", value], reason);
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
