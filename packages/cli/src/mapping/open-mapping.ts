import { FailureError, type Connector } from "@cosell/connector";
import type { CompiledMapping, InvitationMapping, LoadedMapping, MappingDocument, TargetModel } from "@cosell/core";
import { FindingsError } from "../failure/findings-error.ts";
import { type FindMappingConnector, knownConnector } from "./find-mapping-connector.ts";
import { judgeMapping } from "./judge-mapping.ts";
import { readMapping, shownPath } from "./read-mapping.ts";

/** A mapping of opportunities, as it was written and ready to run. */
export interface OpenedMapping {
  readonly file: string;
  readonly document: MappingDocument;
  readonly mapping: CompiledMapping;
  readonly target: TargetModel;
}

/** A mapping that is ready to run. @throws FindingsError with every error in it */
export async function openMapping(file: string, connector: Connector): Promise<CompiledMapping> {
  return (await openMappingFile(file, knownConnector(connector))).mapping;
}

/**
 * A mapping of opportunities by its file: it names its connector itself.
 * @throws FindingsError with every error in it; FailureError `config` for a mapping of invitations
 */
export async function openMappingFile(file: string, find: FindMappingConnector): Promise<OpenedMapping> {
  return openOpportunityMapping(file, await readMapping(file), find);
}

/** A mapping of either kind, ready to run. @throws FindingsError with every error in it */
export async function openAnyMapping(
  file: string,
  find: FindMappingConnector,
  onFile?: (file: string) => void,
): Promise<CompiledMapping | InvitationMapping> {
  const loaded = await readMapping(file, onFile === undefined ? {} : { onFile });
  const { invitation } = loaded;
  if (invitation === undefined) return (await openOpportunityMapping(file, loaded, find)).mapping;
  const { compileInvitationMapping } = await import("@cosell/core");
  return compileInvitationMapping(invitation, await refuseErrors(file, loaded, find));
}

async function openOpportunityMapping(
  file: string,
  loaded: LoadedMapping,
  find: FindMappingConnector,
): Promise<OpenedMapping> {
  const { document, invitation, findings } = loaded;
  if (invitation !== undefined) {
    const message = `${shownPath(file)} maps invitations, and here a mapping of opportunities is needed.`;
    throw new FailureError({ kind: "config", message });
  }
  const { compileMapping } = await import("@cosell/core");
  const options = await refuseErrors(file, loaded, find);
  if (document === undefined) throw new FindingsError(unusable, findings);
  return { file, document, mapping: compileMapping(document, options), target: options.target };
}

const unusable = "The mapping cannot be used as it is.";

async function refuseErrors(file: string, loaded: LoadedMapping, find: FindMappingConnector) {
  const about = loaded.document ?? loaded.invitation;
  const { findings, options } = await judgeMapping(loaded, about && (await find(about.crm.connector.text, file)));
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new FindingsError(unusable, errors);
  return options;
}
