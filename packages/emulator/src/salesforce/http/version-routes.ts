import type { EmulatorResponse } from "../../kernel/index.ts";
import type { RouteContext } from "./context.ts";
import { identityUrl } from "./identity-routes.ts";
import type { ApiUsage } from "./api-usage.ts";

/** `GET /services/data` */
export function versions(): EmulatorResponse {
  const body = [50, 55, 60, 61, 62, 63, 64, 65].map((version) => ({
    label: `Release ${version}`,
    url: `/services/data/v${version}.0`,
    version: `${version}.0`,
  }));
  return { status: 200, body };
}

/** `GET /services/data/v63.0` */
export function resources({ org, origin, base }: RouteContext): EmulatorResponse {
  return {
    status: 200,
    body: {
      identity: identityUrl(org, origin),
      sobjects: `${base}/sobjects`,
      query: `${base}/query`,
      queryAll: `${base}/queryAll`,
      composite: `${base}/composite`,
      limits: `${base}/limits`,
    },
  };
}

/** `GET /limits` */
export function limits(usage: ApiUsage): () => EmulatorResponse {
  return () => {
    const { used, limit } = usage.today();
    return { status: 200, body: { DailyApiRequests: { Max: limit, Remaining: Math.max(0, limit - used) } } };
  };
}
