import type { Clock, Logger, Tracer } from "@cosell/connector";
import { decodeEntities } from "./decode-entities.ts";
import type { Catalog, PartnerCentral } from "./partner-central.ts";
import { operationsOf } from "./partner-central-operations.ts";
import type { QuotaGate } from "./quota-gate.ts";
import { createRawTransport, type RawTransport, type RawTransportOptions } from "./raw-transport.ts";
import { createServiceCaller } from "./service-caller.ts";

/** What a client needs. */
export interface PartnerCentralOptions extends RawTransportOptions {
  readonly catalog: Catalog;
  /** Shared by everybody who calls for the same partner account. */
  readonly gate: QuotaGate;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Sees every call. @defaultValue nobody does */
  readonly tracer?: Tracer;
  /** Real milliseconds until a call without an answer is given up. @defaultValue 30000 */
  readonly requestTimeoutMs?: number;
  /** Carries the calls instead of AWS's SDK: to an emulator in the same process. */
  readonly transport?: RawTransport;
}

/**
 * A client of Partner Central Selling. Without `credentials` AWS's own default chain finds them; without `endpoint` the
 * SDK's own settings (`AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING`) and then AWS itself are used. Throws `FailureError`
 * (`config`) for an endpoint that is no address.
 */
export function createPartnerCentral(options: PartnerCentralOptions): PartnerCentral {
  const caller = createServiceCaller(options, {
    name: "selling",
    endpointSetting: "partnerCentral.endpoint",
    openTransport: () => createRawTransport(options),
    inputOf: (_, given) => ({ ...given, Catalog: options.catalog }),
    readAnswer: decodeEntities,
  });
  return {
    catalog: options.catalog,
    get calls() {
      return caller.calls();
    },
    call: caller.call,
    ...operationsOf(caller.call),
    close: caller.close,
  };
}
