import { describe, expect, it } from "@jest/globals";
import { spawn } from "node:child_process";
import { copyFile, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { finished, inFolder } from "./testing/run-cosell.ts";

const bin = fileURLToPath(new URL("../bin/cosell.js", import.meta.url));
/** Makes Node say that it is version 20, but not in the process that is started with a channel. */
const oldNode =
  "if (!process.channel) Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } });";

interface Installed {
  readonly main?: string;
  readonly projectNode?: boolean;
}

/** An installation with the real bin, and beside it only what the case names. */
const installed = <Result>({ main, projectNode = false }: Installed, work: (folder: string) => Promise<Result>) =>
  inFolder({ "package.json": '{ "type": "module" }', "old-node.cjs": oldNode }, async (folder) => {
    await mkdir(join(folder, "bin"));
    await mkdir(join(folder, "dist"));
    await copyFile(bin, join(folder, "bin/cosell.js"));
    if (main !== undefined) await writeFile(join(folder, "dist/main.js"), main);
    if (projectNode) {
      const node = join(folder, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
      await mkdir(dirname(node), { recursive: true });
      await symlink(process.execPath, node);
    }
    return work(folder);
  });

function start(folder: string, asOldNode: boolean) {
  const preload = asOldNode ? ["--require", join(folder, "old-node.cjs")] : [];
  const words = [...preload, join(folder, "bin/cosell.js"), "plan", "--json"];
  const env = { ...process.env, NODE_OPTIONS: "" };
  return spawn(process.execPath, words, { env, stdio: ["ignore", "pipe", "pipe"] });
}

const echo = "process.stdout.write(process.argv.slice(2).join(' ')); process.exitCode = 1;";
const waiting =
  "process.on('SIGTERM', () => { process.stdout.write('stopped'); process.exit(143); });" +
  "process.stdout.write('ready '); setInterval(() => {}, 1000);";

describe("bin/cosell.js", () => {
  it("starts the built command", async () => {
    const result = await installed({ main: echo }, (folder) => finished(start(folder, false)));
    expect(result).toEqual({ code: 1, stdout: "plan --json", stderr: "" });
  });

  it("says what to run when nothing is built", async () => {
    const { code, stderr } = await installed({}, (folder) => finished(start(folder, false)));
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("npm run build") });
  });

  it("starts again with the project's own Node when the running one is too old, and passes on the exit code", async () => {
    const result = await installed({ main: echo, projectNode: true }, (folder) => finished(start(folder, true)));
    expect(result).toEqual({ code: 1, stdout: "plan --json", stderr: "" });
  });

  it("passes signals on to the Node that it started", async () => {
    const result = await installed({ main: waiting, projectNode: true }, async (folder) => {
      const child = start(folder, true);
      child.stdout.once("data", () => child.kill("SIGTERM"));
      return finished(child);
    });
    expect(result).toEqual({ code: 143, stdout: "ready stopped", stderr: "" });
  });

  it("explains itself when no Node is new enough", async () => {
    const { code, stderr } = await installed({ main: echo }, (folder) => finished(start(folder, true)));
    expect(code).toBe(2);
    expect(stderr).toContain("cosell needs Node 22.18 or newer; this is 20.1.0");
  });
});
