import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { testDatabase } from "@cosell/state/testing";

/** A place for the state: a new one each time it is asked for. */
export interface StoryStore {
  /** For `openState`, and for `cosell.yaml`. */
  readonly url: string;
  /** Lets leases run down, where not the story's clock but the database's decides about them. */
  elapse?(milliseconds: number): Promise<void>;
  /** Loses everything. */
  drop(): Promise<void>;
}

/** How the state gets into the story. */
export interface StoryStoreKind {
  readonly name: string;
  create(folder: string): Promise<StoryStore>;
}

let files = 0;

/** A file in the story's folder. */
export const sqliteInStory: StoryStoreKind = {
  name: "SQLite",
  create: (folder) => {
    const directory = join(folder, ".cosell");
    mkdirSync(directory, { recursive: true });
    files += 1;
    return Promise.resolve({ url: `sqlite:${join(directory, `state-${files}.db`)}`, drop: () => Promise.resolve() });
  },
};

/** A schema of its own in the test server's database. */
export const postgresInStory: StoryStoreKind = { name: "PostgreSQL", create: () => testDatabase() };
