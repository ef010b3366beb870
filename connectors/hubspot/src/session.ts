import { type ConnectorContext, FailureError, failureOf, type ServerTime, serverTime } from "@cosell/connector";
import { classify, failureOfAnswer, jsonOf } from "./classify.ts";
import type { AppCredentials, Credentials, HubspotConfig } from "./config.ts";
import { type Grant, isExpired, tokenSource } from "./credentials.ts";
import { lostWrite } from "./network-failure.ts";
import { type BudgetUse, budgetOf, refuseBeyondHeadroom } from "./quota.ts";
import { createRateBucket } from "./rate-bucket.ts";
import { createTransport, type HttpAnswer, type HttpCall } from "./transport.ts";

/** One call of HubSpot's API. */
export interface Call extends Omit<HttpCall, "accessToken" | "writes"> {
  /** Changes something. @defaultValue false */
  readonly writes?: boolean;
  /** HubSpot counts searches apart. @defaultValue false */
  readonly isSearch?: boolean;
  /** Also when the portal's budget is used up to the head-room. @defaultValue false */
  readonly overBudget?: boolean;
}

/** What a session needs of the configuration; that of the journal comes with the app's own credentials. */
export type SessionConfig = Omit<HubspotConfig, "credentials"> & { readonly credentials: AppCredentials | Credentials };

/** An open door to one portal: every call of the connector goes through here. */
export interface Session {
  /** The parsed body of a success, also of a partial one (207). Throws `FailureError` only. */
  call(call: Call): Promise<unknown>;
  /** The portal's limits, as its last answer told. */
  budget(): BudgetUse | undefined;
  /** HubSpot's time, as its last answer told. */
  readonly time: ServerTime;
}

/** A token is renewed this long before it ends, so that it does not end on its way. */
const renewBeforeMs = 60_000;

/**
 * A session; nothing is sent before the first call, which then also asks for the token.
 *
 * @param time what another session with HubSpot hears too. @defaultValue its own
 */
export function createSession(
  config: SessionConfig,
  context: ConnectorContext,
  time: ServerTime = serverTime(context.clock),
): Session {
  const { clock, signal } = context;
  const transport = createTransport({ ...config, signal, time });
  const tokens = tokenSource(config.credentials, context, transport);
  const bucket = createRateBucket({ clock, signal }, config);
  let grant: Grant | undefined;
  let renewal: Promise<Grant> | undefined;
  let budget: BudgetUse | undefined;

  /** Calls that find their token expired at the same time share one new token. */
  const renew = async (used: Grant | undefined): Promise<Grant> => {
    if (grant && grant !== used) return grant;
    renewal ??= tokens
      .renew()
      .then((next) => {
        context.logger.debug("hubspot: new access token");
        grant = next;
        return next;
      })
      .finally(() => {
        renewal = undefined;
      });
    return renewal;
  };

  const token = async (): Promise<Grant> => {
    grant ??= await tokens.stored();
    const isOver = grant?.until !== undefined && grant.until - renewBeforeMs <= clock.now();
    return grant && !isOver ? grant : renew(grant);
  };

  const send = async (call: Call, { accessToken }: Grant): Promise<unknown> => {
    const { method, path, body, writes = false, isSearch = false } = call;
    await bucket.take(isSearch ? "search" : "call");
    const answer = await transport({ method, path, ...(body && { body }), accessToken, writes });
    const told = budgetOf(answer.headers, clock.now());
    if (told) {
      budget = { ...budget, ...told };
      bucket.heard(told);
    }
    if (answer.status < 300) return bodyOf(answer, writes);
    const failure = failureOfAnswer(answer.status, jsonOf(answer.body), (name) => answer.headers.get(name));
    if (failure.kind === "throttled") bucket.pause(isSearch ? "search" : "call", failure.retryAfterMs ?? 1000);
    // Also behind a proper error of the server, or a gateway's page, a write may have been committed.
    if (answer.status >= 500 && writes) throw new FailureError(lostWrite({ code: `ERROR_HTTP_${answer.status}` }));
    throw new FailureError(failure);
  };

  return {
    time,
    budget: () => budget,
    call: async (call) => {
      try {
        if (!call.overBudget) refuseBeyondHeadroom(budget, config.quotaHeadroom, clock.now());
        const used = await token();
        try {
          return await send(call, used);
        } catch (error) {
          // Refused for its token, the call has done nothing: once more with a new one.
          if (!isExpired(error)) throw error;
          return await send(call, await renew(used));
        }
      } catch (error) {
        if (failureOf(error)) throw error;
        // Whoever ends a wait may give any reason; to us it is an end.
        if (signal?.aborted)
          throw new FailureError({ kind: "aborted", message: "The call to HubSpot was ended by Cosell." });
        throw new FailureError(classify(error), { cause: error });
      }
    },
  };
}

function bodyOf({ body }: HttpAnswer, writes: boolean): unknown {
  if (body === "") return undefined;
  const value = jsonOf(body);
  if (value !== undefined) return value;
  throw new FailureError(
    writes ? lostWrite() : { kind: "transient", message: "HubSpot answered with something that is not JSON." },
  );
}
