import type { Capabilities, Clock, Connection, TokenStorage } from "@cosell/connector";
import type { RunningEmulators } from "@cosell/emulator";
import type { InvitationSettings } from "@cosell/engine";

/** A deal as sellers know it, in AWS's words where AWS has a list of them. A CRM translates them into its own. */
export interface StoryDeal {
  readonly title: string;
  /** Marked for co-selling. */
  readonly shared: boolean;
  readonly stage: string;
  /** `YYYY-MM-DD`. */
  readonly closeDate: string;
  readonly monthlySpend: number | null;
  readonly nextSteps: string | null;
  readonly problem: string | null;
  readonly comments: string | null;
  readonly solutions: readonly string[];
  readonly lossReason: string | null;
}

/** A customer, all of them in the United States. */
export interface StoryAccount {
  readonly name: string;
  readonly website: string;
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
}

/** A person at a customer, or one of the company's own. */
export interface StoryPerson {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
}

/** A value in a form in which both sides can be compared. */
export type Comparable = string | number | boolean | null | readonly string[];

/** One deal as the CRM holds it, in AWS's terms: written by hand for each CRM, and knowing nothing of the mapping. */
export interface RecordFacts {
  readonly ref: string;
  readonly deleted: boolean;
  readonly title: string;
  readonly shared: boolean;
  /** Closed, as the CRM counts. */
  readonly closed: boolean;
  /** The opportunity that the record says it belongs to. */
  readonly opportunityId: string | null;
  /** What AWS must hold for it to agree, by AWS path. `null`: nothing. */
  readonly sent: Readonly<Record<string, Comparable>>;
  /** What the record shows of AWS's side, by AWS path. */
  readonly shown: Readonly<Record<string, Comparable>>;
}

/** A CRM in the story: a server, the product's connector to it, and people who work there. Ids are the CRM's own. */
export interface StoryCrm {
  /** Its servers, as the log of requests calls them. */
  readonly server: string;
  readonly capabilities: Capabilities;
  /** A new connection, as a new process would open it. */
  connect(tokens: TokenStorage): Promise<Connection>;
  /** The shipped mapping's id: what an overlay extends. */
  readonly mapping: string;
  /** What becomes of AWS's invitations. The rules are the story's; the records are the CRM's. */
  invitations(): Pick<InvitationSettings, "records" | "decisionField">;
  /** The members of a connection in `cosell.yaml`; secrets come from {@link StoryCrm.environment}. */
  readonly configuration: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  /** Calls that wrote, of the operations in the log. */
  isWrite(operation: string): boolean;
  /** Most records that one writing call takes. */
  readonly writeBatch: number;

  createAccount(account: StoryAccount): string;
  createContact(account: string, person: StoryPerson): string;
  createOwner(person: StoryPerson): string;
  createDeal(deal: StoryDeal, account: string, contact: string): string;
  edit(deal: string, change: Partial<StoryDeal>): void;
  /** Changes a field that no mapping reads. */
  editUnmapped(deal: string, value: string): void;
  moveAccount(account: string, city: string): void;
  assign(deal: string, owner: string): void;
  /** Gives a deal its customer. */
  joinAccount(deal: string, account: string): void;
  remove(deal: string): void;
  restore(deal: string): void;
  readonly mergeAccounts: (winner: string, loser: string) => void;
  readonly mergeContacts: (winner: string, loser: string) => void;
  /**
   * Returns the id of the deal that a person must look at, since each of the two had an opportunity: where the CRM says who
   * was merged into whom, the one that is left; where it does not, the one that is gone. Absent where the CRM cannot merge deals.
   */
  readonly mergeDeals?: (winner: string, loser: string) => string;
  /** All deals as they are now, read over the server's HTTP face. */
  facts(): Promise<readonly RecordFacts[]>;
}

/** How a CRM gets into the story. */
export interface StoryCrmKind {
  readonly name: string;
  start(emulators: RunningEmulators, clock: Clock): Promise<StoryCrm>;
}
