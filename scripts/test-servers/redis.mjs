// Redis for tests.
import { globSync, readdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { freePort, startPrivate, temporaryFolder } from "./private-server.mjs";
import { cached, folderWith, perform } from "./programs.mjs";

/** Whether a Redis that asks for no password answers on the port. */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    socket.setTimeout(2000, () => socket.destroy());
    socket.on("data", (data) => {
      resolve(data.toString().startsWith("+PONG"));
      socket.destroy();
    });
    socket.on("error", () => resolve(false));
    socket.on("close", () => resolve(false));
  });
}

export async function localRedis() {
  return (await answers(6379)) ? "redis://127.0.0.1:6379" : undefined;
}

/** Debian's packages, laid out in the cache: needs no right to install anything. */
const fetchRedis = () =>
  cached("redis", async (folder) => {
    perform(folder, "apt-get", ["download", "redis-server", "redis-tools", "libjemalloc2", "liblzf1", "libatomic1"]);
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".deb")))
      perform(folder, "dpkg", ["-x", file, "."]);
  });

export async function privateRedis({ fetchOnly }) {
  const installed = fetchOnly ? undefined : folderWith(["redis-server"]);
  const fetched = installed ? undefined : await fetchRedis();
  const program = join(installed ?? join(fetched, "usr", "bin"), "redis-server");
  const libraries = fetched ? { LD_LIBRARY_PATH: globSync(join(fetched, "usr/lib/*-linux-gnu")).join(":") } : {};
  const port = await freePort();
  const folder = temporaryFolder("redis");
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"];
  const { stop, crash, signal } = await startPrivate({
    command: [program, ...options],
    folder,
    environment: libraries,
    endSignal: "TERM",
    ready: () => answers(port),
  });
  return { url: `redis://127.0.0.1:${port}`, how: fetched ? "fetched" : "private", stop, crash, signal };
}
