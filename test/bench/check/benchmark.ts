import { checkMapping, formatFinding, loadMapping } from "@cosell/core";
import { partnerCentralTarget } from "@cosell/partner-central";
import { compete, type Standing } from "../contest.ts";
import { type LargeMapping, makeLargeMapping } from "./large-mapping.ts";

const sizes = [250, 500, 1000, 2000];

/** Reads and checks mappings of more and more rules: what twice the rules cost tells whether anything grows with their square. */
export async function benchmarkCheck(): Promise<readonly Standing[]> {
  const contenders = sizes.map((rules) => {
    const large = makeLargeMapping(rules);
    assertClean(large);
    return { name: `${rules} rules`, kind: "direct" as const, run: () => check(large) };
  });
  return compete(contenders, [undefined], { warmUpMilliseconds: 500, rounds: 20, turnMilliseconds: 100 });
}

function check({ text, schema }: LargeMapping): readonly string[] {
  const { document, findings } = loadMapping({ file: "large.yaml", text });
  const meant = document === undefined ? [] : checkMapping(document, { target: partnerCentralTarget, schema });
  return [...findings, ...meant].map(formatFinding);
}

function assertClean(large: LargeMapping): void {
  const findings = check(large);
  if (findings.length > 0) throw new Error(`The large mapping has findings:\n${findings.slice(0, 5).join("\n")}`);
}
