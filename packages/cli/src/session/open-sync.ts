import { FailureError, type Clock, type Connection, type Logger } from "@cosell/connector";
import type { TargetModel } from "@cosell/core";
import type { Engine } from "@cosell/engine";
import type { PartnerCentral, PartnerCentralOptions } from "@cosell/partner-central";
import type { StateStore } from "@cosell/state";
import type { Configuration, ConfiguredSync } from "../configuration/configuration.ts";
import { openMapping } from "../mapping/open-mapping.ts";
import { openPartnerCentral } from "./open-partner-central.ts";

/** What a sync is composed from. */
export interface OpenSyncOptions {
  readonly configuration: Configuration;
  readonly sync: ConfiguredSync;
  readonly store: StateStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** @defaultValue AWS's own chain */
  readonly credentials?: PartnerCentralOptions["credentials"];
  /** @defaultValue the engine's */
  readonly concurrency?: number;
}

/** A sync that is ready to act. Whoever opened it closes it. */
export interface OpenedSync {
  readonly engine: Engine;
  readonly target: TargetModel;
  readonly connection: Connection;
  readonly partnerCentral: PartnerCentral;
  close(): Promise<void>;
}

/** Composes mapping, CRM, AWS, state and engine, and makes sure that the state belongs to them. */
export async function openSync(options: OpenSyncOptions): Promise<OpenedSync> {
  const { configuration, sync, store, clock, logger, signal, credentials, concurrency } = options;
  const [{ createEngine }, { partnerCentralTarget: target }, mapping] = await Promise.all([
    import("@cosell/engine"),
    import("@cosell/partner-central"),
    openMapping(sync.mapping, sync.connection.connector),
  ]);
  const { name, connector, config } = sync.connection;
  const connection = await connector.connect(config, { clock, logger, signal, tokens: store.tokens(name) });
  const partnerCentral = await openPartnerCentral(configuration.partnerCentral, { clock, logger, credentials });
  const close = async (): Promise<void> => {
    partnerCentral.close();
    await connection.close();
  };
  try {
    await store.bind("catalog", configuration.partnerCentral.catalog);
    const check = await connection.check();
    if (!check.ok) throw new FailureError(check.failure);
    await store.bind(`organization of connection ${name}`, check.organization);
  } catch (error) {
    await close();
    throw error;
  }
  const engine = createEngine({
    sync: { name: sync.name, direction: sync.direction, mapping, connection, capabilities: connector.capabilities },
    ...{ store, partnerCentral, target, clock, logger },
    ...(concurrency !== undefined && { concurrency }),
  });
  return { engine, target, connection, partnerCentral, close };
}
