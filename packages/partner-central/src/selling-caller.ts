import type { PartnerCentralOptions } from "./create-partner-central.ts";
import { decodeEntities } from "./decode-entities.ts";
import { createRawTransport } from "./raw-transport.ts";
import { createServiceCaller, type ServiceCaller } from "./service-caller.ts";

/** Calls of the Selling API by name. Every operation names a catalog. */
export function sellingCaller(options: PartnerCentralOptions): ServiceCaller {
  return createServiceCaller(options, {
    name: "selling",
    endpointSetting: "partnerCentral.endpoint",
    openTransport: () => createRawTransport(options),
    inputOf: (_, given) => ({ ...given, Catalog: options.catalog }),
    readAnswer: decodeEntities,
  });
}
