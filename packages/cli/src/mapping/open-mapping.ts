import type { Connector } from "@cosell/connector";
import type { CompiledMapping } from "@cosell/core";
import { FindingsError } from "../failure/findings-error.ts";
import { functionsOf, readMapping } from "./read-mapping.ts";

/** A mapping that is ready to run. @throws FindingsError with every error in it */
export async function openMapping(file: string, connector: Connector): Promise<CompiledMapping> {
  const [{ checkMapping, compileMapping }, { partnerCentralTarget: target }, { document, findings }] =
    await Promise.all([import("@cosell/core"), import("@cosell/partner-central"), readMapping(file)]);
  const options = { target, functions: functionsOf(connector) };
  const errors = [...findings, ...(document === undefined ? [] : checkMapping(document, options))].filter(
    ({ severity }) => severity === "error",
  );
  if (document === undefined || errors.length > 0) {
    throw new FindingsError("The mapping cannot be used as it is.", errors);
  }
  return compileMapping(document, options);
}
