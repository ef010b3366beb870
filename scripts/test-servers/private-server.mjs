// One server process of our own: on a free port of 127.0.0.1, its data in a temporary folder, gone when we are.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** A port that nobody listens on now. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** A temporary folder of the user that will run the server. */
export function temporaryFolder(name, user) {
  const folder = mkdtempSync(join(tmpdir(), `cosell-test-${name}-`));
  if (user) chownSync(folder, user.uid, user.gid);
  return folder;
}

// The shell ends the server when its input ends: also when we are killed and can end nothing ourselves. A line names
// a signal to send before. One that was stopped has to go on to end.
const untilInputEnds =
  '"$@" & server=$!; while read -r signal; do kill -s "$signal" $server; done; kill -s "$END_SIGNAL" $server; kill -s CONT $server; wait $server';

/**
 * Runs a server until `stop`; resolves when `ready` says so. `stop` removes the folder. `crash` ends it as a power cut
 * would and starts it anew on the same data. `signal` sends it a signal.
 */
export async function startPrivate(server) {
  const { folder, command, ready, crashSignal = "KILL" } = server;
  let running = run(server);
  const stop = async () => {
    await running.end();
    rmSync(folder, { recursive: true, force: true });
  };
  const untilReady = async () => {
    for (let attempt = 0; attempt < 300; attempt += 1) {
      if (await ready()) return;
      await setTimeout(100);
    }
    const lines = readFileSync(join(folder, "log"), "utf8").trim().split("\n");
    await stop();
    throw new Error(`${command[0]} did not start: ${lines.at(-1)}`);
  };
  const crash = async () => {
    await running.end(crashSignal);
    running = run(server);
    await untilReady();
  };
  await untilReady();
  return { stop, crash, signal: (name) => running.signal(name) };
}

function run({ command, folder, user, environment = {}, endSignal }) {
  const output = openSync(join(folder, "log"), "a");
  const child = spawn("/bin/sh", ["-c", untilInputEnds, "sh", ...command], {
    cwd: folder,
    detached: true, // Ctrl-C is for the tests; the server goes after them.
    stdio: ["pipe", output, output],
    env: { ...process.env, ...environment, END_SIGNAL: endSignal },
    ...user,
  });
  child.stdin.on("error", () => undefined);
  const ended = once(child, "exit");
  return {
    signal: (name) => child.stdin.write(`${name}\n`),
    end: async (signal) => {
      child.stdin.end(signal === undefined ? "" : `${signal}\n`);
      await ended;
    },
  };
}
