import { Configuration as ConfigurationOfOne, UsersApi } from "pipedrive/v1";
import {
  Configuration,
  DealFieldsApi,
  DealsApi,
  OrganizationFieldsApi,
  OrganizationsApi,
  PersonFieldsApi,
  PersonsApi,
  PipelinesApi,
  StagesApi,
} from "pipedrive/v2";
import type { Transport } from "./transport.ts";

/** Pipedrive's own client, family by family. Users exist in version 1 of the API only. */
export interface Clients {
  readonly deals: DealsApi;
  readonly persons: PersonsApi;
  readonly organizations: OrganizationsApi;
  readonly dealFields: DealFieldsApi;
  readonly personFields: PersonFieldsApi;
  readonly organizationFields: OrganizationFieldsApi;
  readonly pipelines: PipelinesApi;
  readonly stages: StagesApi;
  readonly users: UsersApi;
}

/** What axios hands to an adapter, as far as it is used here. */
interface AxiosCall {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: { readonly toJSON?: () => Readonly<Record<string, unknown>> };
  readonly data?: unknown;
}

/**
 * The client with an adapter of ours under its axios. Left to itself it waits for ever, cannot be aborted, and throws
 * away the status and the headers of an answer, so that a refused token, a burst and a used-up day look alike. Each
 * connection has its own configuration: nothing is shared by the process.
 */
export function createClients(
  baseUrl: string,
  credentials: { readonly apiKey: string } | { readonly accessToken: () => string },
  transport: Transport,
): Clients {
  const adapter = async (call: AxiosCall): Promise<object> => {
    const { method = "get", url = "", headers, data } = call;
    const sent = Object.entries(headers?.toJSON?.() ?? {}).map(([name, value]) => [name, String(value)]);
    const answer = await transport({
      method: method.toUpperCase(),
      url,
      headers: Object.fromEntries(sent) as Record<string, string>,
      ...(typeof data === "string" && { body: data }),
    });
    return { data: answer.body, status: answer.status, statusText: "", headers: {}, config: call };
  };
  const two = new Configuration({ ...credentials, basePath: `${baseUrl}/api/v2` });
  two.baseOptions = { adapter };
  const one = new ConfigurationOfOne({ ...credentials, basePath: `${baseUrl}/api/v1` });
  one.baseOptions = { adapter };
  return {
    deals: new DealsApi(two),
    persons: new PersonsApi(two),
    organizations: new OrganizationsApi(two),
    dealFields: new DealFieldsApi(two),
    personFields: new PersonFieldsApi(two),
    organizationFields: new OrganizationFieldsApi(two),
    pipelines: new PipelinesApi(two),
    stages: new StagesApi(two),
    users: new UsersApi(one),
  };
}
