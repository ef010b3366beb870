import type * as Sdk from "@aws-sdk/client-partnercentral-account";
import type { SdkOperations } from "../typed/sdk-operations.ts";
import type { ItemOf, ListOf, TypedClient } from "../typed/typed-client.ts";
import type { Answer, Input } from "../typed/wire.ts";
import type { QualificationsOperations } from "./qualifications.ts";

interface Operations extends SdkOperations<typeof Sdk>, QualificationsOperations {}

/** The name of an operation of the Account API. */
export type AccountOperation = keyof Operations;

/** What an operation takes. */
export type AccountInput<Name extends AccountOperation> = Input<Operations[Name][0]>;

/** What an operation gives. */
export type AccountAnswer<Name extends AccountOperation> = Answer<Operations[Name][1]>;

/** The name of a list that comes in pages. */
export type AccountList = ListOf<Operations>;

/** One item of a list. */
export type AccountItem<Name extends AccountList> = ItemOf<AccountAnswer<Name>>;

/**
 * Partner Central Account: the partner itself, its profile and its connections. Failures carry AWS's `Reason` as their code.
 * Answers are the JSON that AWS sent: unknown members, nulls and every digit of an instant kept.
 */
export type PartnerCentralAccount = TypedClient<Operations>;
