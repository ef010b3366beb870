import type { Clock, Logger, Tracer } from "@cosell/connector";
import type { Catalog, PartnerCentral } from "./partner-central.ts";
import { operationsOf } from "./partner-central-operations.ts";
import type { QuotaGate } from "./quota-gate.ts";
import type { RawTransport, RawTransportOptions } from "./raw-transport.ts";
import { sellingCaller } from "./selling-caller.ts";

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
  const caller = sellingCaller(options);
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
