import type { Connector, SchemaSnapshot } from "@cosell/connector";
import type { CompileOptions, Finding, LoadedMapping, MappingDocument } from "@cosell/core";
import { connectorNames } from "../configuration/connectors.ts";
import { closest } from "../configuration/suggestion.ts";
import type { MappingConnector } from "./find-mapping-connector.ts";

/** What a mapping was judged to be. */
interface JudgedMapping {
  /** Everything that is wrong with it: its form, its meaning, and a connector that cannot be found. */
  readonly findings: readonly Finding[];
  /** What it is compiled with. */
  readonly options: CompileOptions;
}

/** Checks a mapping of either kind in the light of its connector, and of the CRM's schema where one is at hand. */
export async function judgeMapping(
  { document, invitation, findings }: LoadedMapping,
  found: MappingConnector | undefined,
  schema?: SchemaSnapshot,
): Promise<JudgedMapping> {
  const [{ checkInvitationMapping, checkMapping }, { partnerCentralTarget: target }] = await Promise.all([
    import("@cosell/core"),
    import("@cosell/partner-central"),
  ]);
  const options = { target, functions: found?.connector?.functions ?? {} };
  const against = { ...options, ...(schema !== undefined && { schema }) };
  const meant = [
    ...(document === undefined ? [] : checkMapping(document, against)),
    ...(invitation === undefined ? [] : checkInvitationMapping(invitation, against)),
  ];
  const about = document ?? invitation;
  if (about === undefined || found === undefined) return { options, findings: [...findings, ...meant] };
  const judged =
    found.connector === undefined
      ? withoutConnector(meant, about, found.problem)
      : [...otherName(about, found.connector), ...meant];
  return { options, findings: [...findings, ...judged] };
}

/** A mapping is used with a connector that does not call itself as the mapping does. */
function otherName({ crm }: Pick<MappingDocument, "crm">, { name }: Connector): readonly Finding[] {
  const { at, text } = crm.connector;
  if (text === name) return [];
  const message = `The mapping is for "${text}", and it is used with the connector "${name}": write that name, or use another connection.`;
  const { file, line, column } = at;
  return [{ file, line, column, severity: "warning", code: "other-connector", message }];
}

/** One finding that says it all, instead of one for every function that the connector would have brought. */
function withoutConnector(
  meant: readonly Finding[],
  { crm: { connector } }: Pick<MappingDocument, "crm">,
  problem: string,
): readonly Finding[] {
  const { file, line, column } = connector.at;
  const isUnjudged = ({ code, suggestion }: Finding): boolean => code === "unknown-step" && suggestion === undefined;
  const places = meant
    .filter(isUnjudged)
    .map((each) => `${each.file === file ? "" : `${each.file}:`}${each.line}:${each.column}`);
  const unjudged = places.length === 0 ? "" : ` Without it the steps at ${places.join(", ")} cannot be known.`;
  const suggestion = closest(connector.text, connectorNames);
  const finding: Finding = {
    ...{ file, line, column, code: "unknown-connector", message: `${problem}${unjudged}` },
    severity: places.length === 0 ? "warning" : "error",
    ...(suggestion !== undefined && { suggestion }),
  };
  return [finding, ...meant.filter((each) => !isUnjudged(each))];
}
