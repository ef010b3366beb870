import { type ConnectorContext, FailureError, failureOf, type ServerTime, serverTime } from "@cosell/connector";
import { classify } from "./classify.ts";
import { type Clients, createClients } from "./clients.ts";
import type { PipedriveConfig } from "./config.ts";
import { type Grant, refresh } from "./credentials.ts";
import { type BudgetUse, budgetOf, refuseBeyondHeadroom } from "./quota.ts";
import { createTransport } from "./transport.ts";

/** An open door to one company: every call of the connector goes through here. */
export interface Session {
  /**
   * Asks Pipedrive by its client. Throws `FailureError` only.
   *
   * @param options.overBudget also when the company's budget is used up to the head-room. @defaultValue false
   */
  call<Answer>(
    ask: (clients: Clients) => Promise<Answer>,
    options?: { readonly overBudget?: boolean },
  ): Promise<Answer>;
  /** The company's tokens of the day, as its last answer told. */
  budget(): BudgetUse | undefined;
  /** Pipedrive's time, as its last answer told. */
  readonly time: ServerTime;
  /** The company's address, once it is known. */
  baseUrl(): string | undefined;
  /** Ends every call in flight, and all that come. */
  close(): void;
}

/** A token is renewed this long before it ends, so that it does not end on its way. */
const renewBeforeMs = 60_000;

/** A session; nothing is sent before the first call, which then also asks for a token where one is needed. */
export function createSession(config: PipedriveConfig, context: ConnectorContext): Session {
  const { credentials, loginUrl, instanceUrl, timeoutMs, quotaHeadroom } = config;
  const { clock, logger } = context;
  const closed = new AbortController();
  const signal = context.signal ? AbortSignal.any([context.signal, closed.signal]) : closed.signal;
  let budget: BudgetUse | undefined;
  const time = serverTime(clock);
  const transport = createTransport({
    timeoutMs,
    signal,
    now: () => clock.now(),
    heard: (headers, status) => {
      if (status < 500) time.hear(headers.get("date"));
      budget = budgetOf(headers, clock.now()) ?? budget;
    },
  });
  let grant: Grant | undefined;
  let renewal: Promise<Grant> | undefined;
  let clients: { readonly of: string; readonly made: Clients } | undefined;

  /** Calls that find their token expired at the same time share one new token. */
  const renew = async (used: Grant | undefined): Promise<Grant> => {
    if (grant && grant !== used) return grant;
    if (credentials.kind !== "oauth")
      throw new FailureError({ kind: "bug", message: "A user's token does not expire." });
    renewal ??= refresh(credentials, loginUrl, context, transport)
      .then((next) => {
        logger.debug("pipedrive: new access token");
        grant = next;
        return next;
      })
      .finally(() => {
        renewal = undefined;
      });
    return renewal;
  };

  const clientsFor = (baseUrl: string): Clients => {
    if (clients?.of !== baseUrl) {
      const way =
        credentials.kind === "api-token"
          ? { apiKey: credentials.apiToken.reveal() }
          : { accessToken: () => grant?.accessToken ?? "" };
      clients = { of: baseUrl, made: createClients(baseUrl, way, transport) };
    }
    return clients.made;
  };

  const send = async <Answer>(ask: (clients: Clients) => Promise<Answer>): Promise<Answer> => {
    if (credentials.kind === "api-token") return ask(clientsFor(credentials.instanceUrl));
    const used = grant && grant.until - renewBeforeMs > clock.now() ? grant : await renew(grant);
    try {
      return await ask(clientsFor(instanceUrl ?? used.baseUrl));
    } catch (error) {
      // Refused for its token, the call has done nothing: once more with a new one.
      if (failureOf(error)?.kind !== "auth") throw error;
      const next = await renew(used);
      return ask(clientsFor(instanceUrl ?? next.baseUrl));
    }
  };

  return {
    time,
    budget: () => budget,
    baseUrl: () => instanceUrl ?? grant?.baseUrl,
    close: () => closed.abort(),
    call: async (ask, { overBudget = false } = {}) => {
      try {
        if (signal.aborted)
          throw new FailureError({ kind: "aborted", message: "The call to Pipedrive was ended by Cosell." });
        if (!overBudget) refuseBeyondHeadroom(budget, quotaHeadroom, clock.now());
        return await send(ask);
      } catch (error) {
        throw failureOf(error) ? error : new FailureError(classify(error), { cause: error });
      }
    },
  };
}
