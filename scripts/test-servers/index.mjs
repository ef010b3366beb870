// The servers that tests need: PostgreSQL and Redis. The first way that works is taken:
//   1. what COSELL_TEST_POSTGRES_URL and COSELL_TEST_REDIS_URL name;
//   2. servers on this machine's standard ports;
//   3. private ones, started from installed programs, ended with the tests;
//   4. private ones from programs fetched once into ~/.cache/cosell (Linux).
// COSELL_TEST_SERVERS=private skips the second, =fetch the second and the third.
import { localPostgres, privatePostgres } from "./postgres.mjs";
import { localRedis, privateRedis } from "./redis.mjs";

const kinds = [
  {
    name: "PostgreSQL",
    variable: "COSELL_TEST_POSTGRES_URL",
    local: localPostgres,
    start: privatePostgres,
    install: "apt-get install postgresql",
  },
  {
    name: "Redis",
    variable: "COSELL_TEST_REDIS_URL",
    local: localRedis,
    start: privateRedis,
    install: "apt-get install redis-server",
  },
];

/** Finds or starts both. Returns the variables for the tests, how each was found, and how to end what was started. */
export async function startTestServers(environment = process.env) {
  const way = environment.COSELL_TEST_SERVERS ?? "";
  if (!["", "private", "fetch"].includes(way)) {
    throw new Error(`COSELL_TEST_SERVERS is "${way}"; it can be private, fetch or unset.`);
  }
  const started = [];
  const stop = async () => {
    await Promise.all(started.map((server) => server.stop()));
  };
  const provide = async ({ name, variable, local, start, install }) => {
    const given = environment[variable];
    if (given) return [variable, given, "given"];
    const found = way === "" ? await local() : undefined;
    if (found) return [variable, found, "local"];
    try {
      const server = await start({ fetchOnly: way === "fetch" });
      started.push(server);
      return [variable, server.url, server.how];
    } catch (error) {
      throw new Error(
        `The tests need ${name}: none was found, started or fetched (${error.message}). Install it (Debian: ${install}) or set ${variable}.`,
      );
    }
  };
  const results = await Promise.allSettled(kinds.map(provide));
  const failed = results.filter(({ status }) => status === "rejected");
  if (failed.length > 0) {
    await stop();
    throw new Error(failed.map(({ reason }) => reason.message).join("\n"));
  }
  const provided = results.map(({ value }) => value);
  return {
    environment: Object.fromEntries(provided.map(([variable, url]) => [variable, url])),
    how: kinds.map(({ name }, index) => `${name} ${provided[index][2]}`).join(", "),
    stop,
  };
}
