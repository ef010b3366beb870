import type { Connector } from "@cosell/connector";

/** The connectors that come with this command, each read only when a configuration names it. */
const connectors: Readonly<Record<string, () => Promise<Connector>>> = {
  salesforce: async () => (await import("@cosell/connector-salesforce")).salesforce,
  hubspot: async () => (await import("@cosell/connector-hubspot")).hubspot,
  pipedrive: async () => (await import("@cosell/connector-pipedrive")).pipedrive,
  file: async () => (await import("@cosell/connector-file")).file,
};

export const connectorNames: readonly string[] = Object.keys(connectors);

/** The connector of that name that comes with this command, or `undefined`. Others are found by `installedConnector`. */
export async function loadConnector(name: string): Promise<Connector | undefined> {
  return Object.hasOwn(connectors, name) ? connectors[name]?.() : undefined;
}
