import { type Connector, specVersion } from "@cosell/connector";
import { classify } from "./classify.ts";
import { config, type HubspotConfig, secretMembers } from "./config.ts";
import { connect } from "./connect.ts";
import { readBatch } from "./read.ts";
import { overlapMs } from "./search-walk.ts";
import { webhook } from "./webhook.ts";
import { writeBatch } from "./write.ts";

export type { HubspotConfig };

/** HubSpot, on its own client. */
export const hubspot: Connector<HubspotConfig> = {
  specVersion,
  name: "hubspot",
  config,
  secrets: secretMembers,
  capabilities: {
    changes: { kind: "poll", overlapMs, reportsDeletes: true, reportsMerges: true },
    readBatch,
    writeBatch,
    optimisticLock: false,
    idempotentCreate: true,
  },
  webhook,
  connect,
  classify,
};
