import { loadConnector } from "./connectors.ts";
import { type InstalledConnector, installedConnector } from "./installed-connector.ts";

/** A connector by the name that a configuration has for it: one that comes with this command, else an installed package. */
export async function findConnector(name: string, folder: string): Promise<InstalledConnector> {
  const connector = await loadConnector(name);
  return connector === undefined ? installedConnector(name, folder) : { connector };
}
