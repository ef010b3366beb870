import { quotaOf, services } from "@cosell/partner-central/model";
import type { EmulatorServer } from "../kernel/index.ts";
import { createApiServer } from "../partner-central-shared/server.ts";
import { placeIn, type World } from "./call.ts";
import { accountOperations } from "./operations/index.ts";
import { accountErrorMembers } from "./refusal.ts";
import { settle } from "./settle.ts";
import { accountSpaceOf } from "./state.ts";
import { withoutNulls } from "./without-nulls.ts";

/** The Account API over HTTP. */
export function createAccountServer(world: World): EmulatorServer {
  return createApiServer({
    name: "partnerCentralAccount",
    service: services.account,
    namespace: "com.amazonaws.partnercentralaccount",
    access: () => world.shared(),
    now: () => world.clock.now(),
    // What may be done so many times a day is refused by the operations, as a quota and not as a rate.
    quotaOf: (operation) => {
      const { class: quotaClass, perSecond } = quotaOf(operation);
      return { class: quotaClass, perSecond };
    },
    errorMembers: accountErrorMembers,
    perform: ({ operation, input, account, catalog }) => {
      const handler = accountOperations.get(operation);
      if (handler === undefined) throw new TypeError(`Nothing plays ${operation}.`);
      settle(world);
      const place = placeIn(world, accountSpaceOf(world.state(), account, catalog));
      return withoutNulls(handler({ ...place, operation, input }));
    },
  });
}
