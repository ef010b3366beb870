import type { PartnerCentralAccountClientConfig } from "@aws-sdk/client-partnercentral-account";
import { services } from "../model/services.ts";
import type { SdkClient, ServiceSdk } from "../raw-transport.ts";

/** AWS's client of the Account API, loaded with the first call. */
export const accountSdk: ServiceSdk = {
  targetPrefix: services.account.targetPrefix,
  connect: async (settings) => {
    const { ListPartnersCommand, PartnerCentralAccountClient } = await import("@aws-sdk/client-partnercentral-account");
    const client = new PartnerCentralAccountClient(settings as PartnerCentralAccountClientConfig);
    return {
      anyCommand: () => {
        const command = new ListPartnersCommand({ Catalog: undefined });
        return {
          stack: command.middlewareStack as unknown as ReturnType<SdkClient["anyCommand"]>["stack"],
          send: (abortSignal) => client.send(command, { abortSignal }),
        };
      },
      destroy: () => client.destroy(),
    };
  },
};
