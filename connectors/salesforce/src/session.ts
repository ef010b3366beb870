import { type ConnectorContext, FailureError, failureOf, type ServerTime, serverTime } from "@cosell/connector";
import { Connection, type HttpMethods } from "@jsforce/jsforce-node";
import { classify, errorsOf } from "./classify.ts";
import type { SalesforceConfig } from "./config.ts";
import { type Grant, tokenRequest } from "./credentials.ts";
import { type BudgetUse, refuseBeyondHeadroom } from "./quota.ts";
import { createTransport } from "./transport.ts";

/** One call of Salesforce's REST API. */
export interface Call {
  readonly method: HttpMethods;
  /** From the version's root (`/sobjects/…`) or from the host's (`/services/…`). */
  readonly path: string;
  readonly body?: unknown;
  /** Also when the org's budget is used up to the head-room. @defaultValue false */
  readonly overBudget?: boolean;
}

/** An open door to one org: every call of the connector goes through here. */
export interface Session {
  /** The parsed body of the answer; `undefined` for an empty one. Throws `FailureError` only. */
  call(call: Call): Promise<unknown>;
  /** The org's API calls, as its last answer told. */
  budget(): BudgetUse | undefined;
  /** Salesforce's time, as its last answer told. */
  readonly time: ServerTime;
  readonly apiVersion: string;
  /** Where the org is; until the first token has told it, and no instanceUrl is configured, where one logs in to it. */
  address(): string;
}

/** The answers that say "your token has expired". */
const expired = new Set(["INVALID_SESSION_ID", "INVALID_AUTH_HEADER", "ERROR_HTTP_401"]);

/** New tokens that one call may ask for. A second one, because a token can be revoked between being made and being used. */
const renewalsPerCall = 2;

/** A session; nothing is sent before the first call, which then also asks for the token. */
export function createSession(config: SalesforceConfig, context: ConnectorContext): Session {
  const { credentials, apiVersion } = config;
  const time = serverTime(context.clock);
  const transport = createTransport({ timeoutMs: config.timeoutMs, signal: context.signal, time });
  const askForToken = tokenRequest(config, context, transport);
  const connection = new Connection({
    version: apiVersion,
    instanceUrl: config.instanceUrl ?? config.loginUrl,
    ...(credentials.kind === "access-token" && { accessToken: credentials.accessToken.reveal() }),
    // Names our writes in change events (`changeOrigin`), so that an administrator sees whose they are.
    callOptions: { client: "cosell" },
  });
  let budget: BudgetUse | undefined;
  let renewal: Promise<void> | undefined;

  const use = ({ accessToken, instanceUrl }: Grant): void => {
    connection.accessToken = accessToken;
    connection.instanceUrl = instanceUrl;
    context.logger.debug("salesforce: new access token");
  };

  /** Calls that find their token expired at the same time share one new token. */
  const renew = async (usedToken: string | null | undefined): Promise<void> => {
    if (!askForToken)
      throw new FailureError({
        kind: "auth",
        code: "INVALID_SESSION_ID",
        message:
          "Salesforce no longer accepts accessToken: make a new one, or configure a way in that renews itself (JWT bearer).",
      });
    if (connection.accessToken !== usedToken) return;
    renewal ??= askForToken()
      .then(use)
      .finally(() => {
        renewal = undefined;
      });
    await renewal;
  };

  const send = async ({ method, path, body }: Call): Promise<unknown> => {
    const before = connection.limitInfo;
    try {
      return await connection.request(
        {
          method,
          url: path,
          ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
        },
        { transport },
      );
    } finally {
      const { apiUsage } = connection.limitInfo;
      if (apiUsage && connection.limitInfo !== before) budget = { ...apiUsage, seenAt: context.clock.now() };
    }
  };

  return {
    ...{ apiVersion, time },
    address: () => connection.instanceUrl,
    budget: () => budget,
    call: async (call) => {
      try {
        if (!call.overBudget) refuseBeyondHeadroom(budget, config.quotaHeadroom, context.clock.now());
        if (!connection.accessToken) await renew(connection.accessToken);
        // Left to itself, jsforce renews and repeats without end while new tokens are given and refused.
        for (let renewals = 0; renewals < renewalsPerCall; renewals += 1) {
          const usedToken = connection.accessToken;
          try {
            return await send(call);
          } catch (error) {
            if (failureOf(error) || !errorsOf(error).some(({ code }) => expired.has(code))) throw error;
            await renew(usedToken);
          }
        }
        return await send(call);
      } catch (error) {
        throw failureOf(error) ? error : new FailureError(classify(error), { cause: error });
      }
    },
  };
}
