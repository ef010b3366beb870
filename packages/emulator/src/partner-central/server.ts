import { quotaOf, services } from "@cosell/partner-central/model";
import type { EmulatorServer } from "../kernel/index.ts";
import { createApiServer } from "../partner-central-shared/server.ts";
import { placeIn, type World } from "./call.ts";
import { completeAnswer } from "./complete-answer.ts";
import { withDoubleEncodedEntities } from "./entity-quirk.ts";
import { operations } from "./operations/index.ts";
import { sellingErrorMembers } from "./refusal.ts";
import { spaceOf } from "./state.ts";

/** The Selling API over HTTP. */
export function createSellingServer(world: World): EmulatorServer {
  return createApiServer({
    name: "partnerCentralSelling",
    service: services.selling,
    namespace: "com.amazonaws.partnercentralselling",
    access: () => world.settings(),
    now: () => world.clock.now(),
    quotaOf: (operation) => {
      const usual = quotaOf(operation);
      const granted = world.settings().grantedQuotas[usual.class];
      return granted === undefined ? usual : { class: usual.class, ...granted };
    },
    errorMembers: sellingErrorMembers,
    perform: ({ operation, input, account, catalog }) => {
      const handler = operations.get(operation);
      if (handler === undefined) throw new TypeError(`Nothing plays ${operation}.`);
      const place = placeIn(world, spaceOf(world.state(), account, catalog));
      const answer = handler({ ...place, operation, input });
      if (answer === undefined) return undefined;
      const complete = completeAnswer(operation, answer);
      return place.settings.doubleEncodedEntities ? withDoubleEncodedEntities(complete) : complete;
    },
  });
}
