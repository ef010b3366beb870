import { account } from "./generated/account.ts";
import { selling } from "./generated/selling.ts";
import type { ServiceModel } from "./service-model.ts";

/** AWS's two APIs of Partner Central: opportunities with AWS, and the partner's own account. */
export type ServiceName = "selling" | "account";

/** How one of them is called. */
export interface Service {
  readonly name: ServiceName;
  /** For people. */
  readonly title: string;
  readonly apiVersion: string;
  /** `x-amz-target` is this, a dot, and the operation's name. */
  readonly targetPrefix: string;
  /** The service in the credential scope of a SigV4 signature. */
  readonly signingName: string;
  /** All operations, by name order. */
  readonly operationNames: readonly string[];
  /** AWS's model of it: what `validateInput` and `validateOutput` hold calls against. */
  readonly model: ServiceModel;
}

/** Both services. A name that both have (ListTagsForResource, TagResource, UntagResource) is an operation of each. */
export const services: Readonly<Record<ServiceName, Service>> = {
  selling: facts("selling", "Partner Central Selling", selling),
  account: facts("account", "Partner Central Account", account),
};

/** Whether an operation only looks. Everything else may change something. */
export function isReadOperation(name: string): boolean {
  return /^(Get|List)/.test(name);
}

function facts(name: ServiceName, title: string, model: ServiceModel): Service {
  const { apiVersion, targetPrefix, operations } = model;
  const signingName = `partnercentral-${name}`;
  return { name, title, apiVersion, targetPrefix, signingName, operationNames: Object.keys(operations), model };
}
