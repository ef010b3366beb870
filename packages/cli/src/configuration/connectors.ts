import type { Connector } from "@cosell/connector";

/** The connectors that come with this command, each read only when a configuration names it. */
const connectors: Readonly<Record<string, () => Promise<Connector>>> = {
  salesforce: async () => (await import("@cosell/connector-salesforce")).salesforce,
};

export const connectorNames: readonly string[] = Object.keys(connectors);

/** The connector of that name, or `undefined`. */
export async function loadConnector(name: string): Promise<Connector | undefined> {
  return Object.hasOwn(connectors, name) ? connectors[name]?.() : undefined;
}
