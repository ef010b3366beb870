import {
  type Capabilities,
  FailureError,
  type Clock,
  type Connection,
  type Logger,
  type Tracer,
} from "@cosell/connector";
import type { CompiledMapping, TargetModel } from "@cosell/core";
import type { Engine, EngineOptions } from "@cosell/engine";
import type { PartnerCentral, PartnerCentralOptions } from "@cosell/partner-central";
import type { StateStore } from "@cosell/state";
import type { Configuration, ConfiguredSync } from "../configuration/configuration.ts";
import { openInvitations } from "../mapping/open-invitations.ts";
import { openMapping } from "../mapping/open-mapping.ts";
import { bindAccount, bindOrganization } from "./bind-state.ts";
import { createPartnerClients, type PartnerClients } from "./partner-clients.ts";

/** What a sync is composed from. */
export interface OpenSyncOptions {
  readonly configuration: Configuration;
  readonly sync: ConfiguredSync;
  readonly store: StateStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Clients that several syncs share; whoever made them closes them. @defaultValue the sync's own */
  readonly clients?: PartnerClients;
  /** @defaultValue those that the configuration names, else AWS's own chain */
  readonly credentials?: PartnerCentralOptions["credentials"];
  /** @defaultValue the engine's */
  readonly concurrency?: number;
  /** What a failure does to a deal. @defaultValue the engine's: a person waits */
  readonly failurePolicy?: EngineOptions["failurePolicy"];
  /** The connection as the engine sees it. @defaultValue as it is */
  readonly wrap?: (connection: Connection, capabilities: Capabilities) => Connection;
  /** Sees plans and steps. @defaultValue nobody does */
  readonly tracer?: Tracer;
  /** Hears what a person should know now. */
  readonly onAlarm?: EngineOptions["onAlarm"];
}

/** A sync that is ready to act. Whoever opened it closes it. */
export interface OpenedSync {
  readonly engine: Engine;
  readonly mapping: CompiledMapping;
  readonly target: TargetModel;
  readonly connection: Connection;
  readonly partnerCentral: PartnerCentral;
  close(): Promise<void>;
}

/** Composes mapping, CRM, AWS, state and engine, and makes sure that the state belongs to them. */
export async function openSync(options: OpenSyncOptions): Promise<OpenedSync> {
  const { sync, store, clock, logger, signal, credentials, concurrency } = options;
  const [{ createEngine }, { partnerCentralTarget: target }, mapping] = await Promise.all([
    import("@cosell/engine"),
    import("@cosell/partner-central"),
    openMapping(sync.mapping, sync.connection.connector),
  ]);
  const invitations = sync.invitations && (await openInvitations(sync.invitations, mapping, sync.connection.connector));
  const { name, connector, config } = sync.connection;
  const clients = options.clients ?? createPartnerClients({ clock, logger, credentials });
  const partnerCentral = await clients.of(sync.partnerCentral);
  const connection = await connector.connect(config, { clock, logger, signal, tokens: store.tokens(name) });
  const close = async (): Promise<void> => {
    if (options.clients === undefined) await clients.close();
    await connection.close();
  };
  let organization: string;
  try {
    await bindAccount(store, sync, clients);
    const check = await connection.check();
    if (!check.ok) throw new FailureError(check.failure);
    await bindOrganization(store, sync, check.organization);
    organization = check.organization;
  } catch (error) {
    await close();
    throw error;
  }
  const { failurePolicy, onAlarm, tracer } = options;
  const engine = createEngine({
    sync: {
      name: sync.name,
      direction: sync.direction,
      mapping,
      organization,
      connection: options.wrap?.(connection, connector.capabilities) ?? connection,
      capabilities: connector.capabilities,
      ...(invitations !== undefined && { invitations }),
    },
    ...{ store, partnerCentral, target, clock, logger },
    ...retentionOf(sync),
    ...(concurrency !== undefined && { concurrency }),
    ...(failurePolicy !== undefined && { failurePolicy }),
    ...(onAlarm !== undefined && { onAlarm }),
    ...(tracer !== undefined && { tracer }),
  });
  return { engine, mapping, target, connection, partnerCentral, close };
}

/** How long the journal is kept, as the engine wants it. */
function retentionOf({ retention }: ConfiguredSync): Pick<EngineOptions, "retention"> {
  if (retention === undefined) return {};
  const { days, keepPerDeal } = retention;
  return { retention: { journalMs: days * 24 * 3_600_000, keepPerLink: keepPerDeal } };
}
