import { FailureError, type Connector } from "@cosell/connector";
import type { CompiledMapping, InvitationMapping, LoadedMapping, MappingDocument, TargetModel } from "@cosell/core";
import { loadConnector } from "../configuration/connectors.ts";
import { FindingsError } from "../failure/findings-error.ts";
import { functionsOf, readMapping, shownPath } from "./read-mapping.ts";

/** A mapping of opportunities, as it was written and ready to run. */
export interface OpenedMapping {
  readonly file: string;
  readonly document: MappingDocument;
  readonly mapping: CompiledMapping;
  readonly target: TargetModel;
}

/** A mapping that is ready to run. @throws FindingsError with every error in it */
export async function openMapping(file: string, connector: Connector): Promise<CompiledMapping> {
  const loaded = await readMapping(file);
  return (await openOpportunityMapping(file, loaded, connector)).mapping;
}

/**
 * A mapping of opportunities by its file alone: it names its connector itself.
 * @throws FindingsError with every error in it; FailureError `config` for a mapping of invitations
 */
export async function openMappingFile(file: string): Promise<OpenedMapping> {
  const loaded = await readMapping(file);
  return openOpportunityMapping(file, loaded, await connectorOf(loaded));
}

/** A mapping of either kind, ready to run. @throws FindingsError with every error in it */
export async function openAnyMapping(
  file: string,
  onFile?: (file: string) => void,
): Promise<CompiledMapping | InvitationMapping> {
  const loaded = await readMapping(file, onFile === undefined ? {} : { onFile });
  const connector = await connectorOf(loaded);
  const { invitation } = loaded;
  if (invitation === undefined) return (await openOpportunityMapping(file, loaded, connector)).mapping;
  const [{ checkInvitationMapping, compileInvitationMapping }, { partnerCentralTarget: target }] = await modules();
  const options = { target, functions: functionsOf(connector) };
  refuseErrors([...loaded.findings, ...checkInvitationMapping(invitation, options)]);
  return compileInvitationMapping(invitation, options);
}

async function openOpportunityMapping(
  file: string,
  { document, invitation, findings }: LoadedMapping,
  connector: Connector | undefined,
): Promise<OpenedMapping> {
  const [{ checkMapping, compileMapping }, { partnerCentralTarget: target }] = await modules();
  if (invitation !== undefined) {
    const message = `${shownPath(file)} maps invitations, and here a mapping of opportunities is needed.`;
    throw new FailureError({ kind: "config", message });
  }
  const options = { target, functions: functionsOf(connector) };
  refuseErrors([...findings, ...(document === undefined ? [] : checkMapping(document, options))]);
  if (document === undefined) throw new FindingsError(unusable, findings);
  return { file, document, mapping: compileMapping(document, options), target };
}

const unusable = "The mapping cannot be used as it is.";

function refuseErrors(findings: LoadedMapping["findings"]): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new FindingsError(unusable, errors);
}

function connectorOf({ document, invitation }: LoadedMapping): Promise<Connector | undefined> {
  return loadConnector((document ?? invitation)?.crm.connector.text ?? "");
}

const modules = () => Promise.all([import("@cosell/core"), import("@cosell/partner-central")]);
