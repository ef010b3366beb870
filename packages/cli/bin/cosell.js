#!/usr/bin/env node
// Plain JavaScript that any Node understands: it finds a Node that is new enough before anything else is imported.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major > 22 || (major === 22 && minor >= 18)) await start();
else runAgainWith(projectNode());

async function start() {
  const main = join(here, "../dist/main.js");
  if (!existsSync(main)) stop("cosell is not built yet. Run `npm run build` in the repository, then try again.");
  await import("../dist/main.js");
}

/** The Node that `npm install` brought along, looked up from this file's folder upwards. */
function projectNode() {
  for (let folder = here; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) break;
  }
  return stop(
    `cosell needs Node 22.18 or newer; this is ${process.versions.node}, and the project's own Node is not installed. ` +
      "Run `npm install` in the repository (on Linux it brings Node along), or install Node 24.",
  );
}

function runAgainWith(node) {
  // The channel tells the child when this process is killed outright, so that it never stays behind alone.
  const child = spawn(node, [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR2"];
  const pass = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  child.on("error", (error) => stop(`cosell could not start ${node}: ${error.message}`));
  child.on("exit", (code, signal) => {
    for (const name of signals) process.off(name, pass);
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = code ?? 1;
  });
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
