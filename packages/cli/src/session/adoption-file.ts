import { FailureError } from "@cosell/connector";
import type { AdoptionPair } from "@cosell/engine";
import { readFile, writeFile } from "node:fs/promises";
import { extname } from "node:path";
import { z } from "zod";
import { UsageError } from "../failure/findings-error.ts";

/** One proposal as it stands in a file: a person writes `yes` into `approve`. */
const row = z.object({
  approve: z.union([z.string(), z.boolean(), z.number()]).optional(),
  crm_record: z.string().min(1),
  opportunity: z.string().min(1),
  score: z.coerce.number().min(0).max(1).optional(),
  crm_title: z.string().optional(),
  aws_title: z.string().optional(),
  why: z.string().optional(),
});
type Row = z.infer<typeof row>;

const columns = ["approve", "crm_record", "opportunity", "score", "crm_title", "aws_title", "why"] as const;
const approved = new Set(["yes", "y", "x", "true", "1", "ok"]);
const declined = new Set(["", "no", "n", "false", "0"]);

/** Writes proposals, the most alike first, nothing approved. @throws UsageError for another kind of file */
export async function writeProposals(file: string, pairs: readonly AdoptionPair[]): Promise<void> {
  const rows = pairs.map((pair) => ({
    approve: "",
    crm_record: pair.crmRef,
    opportunity: pair.opportunityId,
    score: pair.score.toFixed(2),
    crm_title: pair.title ?? "",
    aws_title: pair.awsTitle ?? "",
    why: pair.why,
  }));
  if (kindOf(file) === "json") {
    await writeFile(file, `${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  const { stringify } = await import("csv-stringify/sync");
  await writeFile(file, stringify(rows, { header: true, columns: [...columns], escape_formulas: true }));
}

/** The pairs that a person approved. @throws FailureError `config` naming every row that cannot be used */
export async function approvedPairs(file: string): Promise<readonly AdoptionPair[]> {
  const entries = await readRows(file);
  const problems: string[] = [];
  const pairs: AdoptionPair[] = [];
  for (const [index, entry] of entries.entries()) {
    const place = kindOf(file) === "json" ? `entry ${index + 1}` : `row ${index + 2}`;
    const parsed = row.safeParse(entry);
    if (!parsed.success) {
      const names = parsed.error.issues.map(({ path }) => path.join("."));
      problems.push(`${place}: ${[...new Set(names)].join(", ")} is missing or wrong`);
      continue;
    }
    const word = String(parsed.data.approve ?? "")
      .trim()
      .toLowerCase();
    if (approved.has(word)) pairs.push(pairOf(parsed.data));
    else if (!declined.has(word)) problems.push(`${place}: approve says neither yes nor no`);
  }
  problems.push(...repeated(pairs));
  if (problems.length === 0) return pairs;
  throw new FailureError({
    kind: "config",
    message: `${file} cannot be used, nothing was linked: ${problems.join("; ")}.`,
  });
}

function pairOf({ crm_record, opportunity, score, crm_title, aws_title, why }: Row): AdoptionPair {
  return {
    crmRef: crm_record,
    opportunityId: opportunity,
    title: crm_title === "" ? undefined : crm_title,
    awsTitle: aws_title === "" ? undefined : aws_title,
    by: "similar",
    score: score ?? 0,
    why: why ?? "",
  };
}

/** One record gets one opportunity: whoever approved two has not decided. */
function repeated(pairs: readonly AdoptionPair[]): readonly string[] {
  const ids = pairs.flatMap(({ crmRef, opportunityId }) => [crmRef, opportunityId]);
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map((id) => `${id} is approved twice`);
}

async function readRows(file: string): Promise<readonly unknown[]> {
  const kind = kindOf(file);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new FailureError({ kind: "config", message: `There is no readable file ${file}.` }, { cause });
  }
  try {
    if (kind === "csv") {
      const { parse } = await import("csv-parse/sync");
      return parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true });
    }
    const rows: unknown = JSON.parse(text);
    if (!Array.isArray(rows)) throw new TypeError("no list");
    return rows as readonly unknown[];
  } catch (cause) {
    const message = `${file} is no ${kind === "csv" ? "CSV with a head line" : "JSON list"} of proposals. Write it anew with cosell adopt --proposals.`;
    throw new FailureError({ kind: "config", message }, { cause });
  }
}

function kindOf(file: string): "csv" | "json" {
  const extension = extname(file).toLowerCase();
  if (extension === ".csv") return "csv";
  if (extension === ".json") return "json";
  throw new UsageError("The file's name ends in .csv or .json.");
}
