import type { Example } from "../definitions/definition.ts";
import { blocks, code, json, yaml } from "./markdown.ts";

/** An example as people read it: rules, a record, and what becomes of it. */
export function showExample({ outbound, tables, record, gives, issues = [] }: Example): string {
  const rules = tables === undefined ? outbound : `# tables:\n${tables}\n# outbound:\n${outbound}`;
  const values = Object.entries(gives).map(([path, value]) => `${code(path)} ${json(value)}`);
  const problems = issues.map((issue) => `the issue ${code(issue.split(" ")[0] ?? issue)}`);
  const results = [...values, ...problems];
  const result = results.length === 0 ? "nothing" : results.join(" and ");
  const given = Object.keys(record).length === 0 ? "Any record" : json(record);
  return blocks(yaml(rules), `${given} → ${result}`);
}
