import { deepEqual, equal, ok } from "node:assert/strict";
import { type Failure, failureOf } from "@cosell/connector";
import type { ClaimedLink, Link, Settlement, StateStore } from "../store.ts";
import type { ManualClock } from "./manual-clock.ts";

/** What a test works with. */
export interface CaseContext {
  readonly clock: ManualClock;
  /** Lets time pass, for leases too. A lease runs by real time where the server's counts: leave half a minute of margin. */
  readonly elapse: (milliseconds: number) => Promise<void>;
  readonly store: StateStore;
  /** Another store on the same state. */
  readonly open: () => Promise<StateStore>;
  /** A store on another, empty state. */
  readonly openOther: () => Promise<StateStore>;
}

/** One thing that every driver must do. */
export interface Case {
  readonly name: string;
  readonly test: (context: CaseContext) => Promise<void>;
}

export const sync = "opportunities";
export const minute = 60_000;

/** Marks CRM records. */
export const markRecords = (store: StateStore, refs: readonly string[], reason = "changed"): Promise<number> =>
  store.intake(
    sync,
    "crm",
    refs.map((ref) => ({ side: "crm", ref, reason })),
    undefined,
  );

/** The link of a CRM record that is known to be there. */
export const linkOfRecord = async (store: StateStore, ref: string): Promise<Link> => {
  const link = await store.linkByCrmRef(sync, ref);
  ok(link !== undefined, `no link for ${ref}`);
  return link;
};

/** A new link, marked, for tests that are not about marks. */
export const newLink = async (store: StateStore, ref: string): Promise<Link> => {
  await markRecords(store, [ref]);
  return linkOfRecord(store, ref);
};

export const claimAll = (store: StateStore, owner: string, limit = 100): Promise<readonly ClaimedLink[]> =>
  store.claim(sync, owner, { limit, leaseMs: minute });

/** Claims the only link that can be claimed. */
export const claimOne = async (store: StateStore, owner: string): Promise<ClaimedLink> => {
  const claims = await claimAll(store, owner);
  equal(claims.length, 1);
  const [claimed] = claims;
  ok(claimed !== undefined);
  return claimed;
};

/** Settles a claim. */
export const settle = (
  store: StateStore,
  owner: string,
  { link, generation }: ClaimedLink,
  settlement: Settlement = {},
): Promise<void> => store.settle(link.id, { ...settlement, settles: { owner, generation } });

export const refsOf = (claims: readonly ClaimedLink[]): readonly string[] => claims.map(({ link }) => link.crmRef);

export const collect = async <Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> => {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
};

/** The work must fail, with a `FailureError` of this kind. */
export const failing = async (work: Promise<unknown>, kind: Failure["kind"]): Promise<Failure> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const failure = failureOf(error);
  ok(failure !== undefined, `no FailureError but ${String(error)}`);
  equal(failure.kind, kind, failure.message);
  return failure;
};

/**
 * Equal in every value and member. Prototypes are not compared: a test runner may give the database's answers arrays of
 * another realm.
 */
export const same = (actual: unknown, expected: unknown): void => deepEqual(plain(actual), plain(expected));

const plain = (value: unknown): unknown => {
  if (value instanceof Map) return new Map([...value].map(([key, member]) => [key, plain(member)]));
  if (Array.isArray(value)) return Array.from(value, plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
};
