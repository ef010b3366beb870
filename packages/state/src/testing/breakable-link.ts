import { once } from "node:events";
import { connect, createServer, type NetConnectOpts, type Server, type Socket } from "node:net";

/** The direction in which nothing comes through any more, seen from the client. */
export type Silence = "there" | "back" | "both";

/** A way to a server that can be cut, closed and opened again. */
export interface BreakableLink {
  readonly port: number;
  /** Ends every connection now. */
  readonly cut: () => void;
  /** Takes no connection any more, and ends those there are. */
  readonly close: () => Promise<void>;
  readonly open: () => Promise<void>;
  /** From now on nothing comes over the connections there are, for ever; they stay open. @defaultValue "back" */
  readonly freeze: (silence?: Silence) => void;
  /** New connections lead to another server; those there are stay. */
  readonly leadTo: (other: NetConnectOpts) => void;
  /** Lets the next bytes that hold `text` through to the server, and cuts before its answer comes back. */
  readonly cutAfterSending: (text: string) => void;
}

export const breakableLink = async (first: NetConnectOpts): Promise<BreakableLink> => {
  const sockets = new Set<Socket>();
  const links = new Set<{ silence: Silence | undefined }>();
  let to = first;
  let fatal: string | undefined;
  let port = 0;
  let server: Server | undefined;

  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };

  const open = async (): Promise<void> => {
    server = createServer((client) => {
      const target = connect(to);
      for (const [socket, other] of [
        [client, target],
        [target, client],
      ] as const) {
        sockets.add(socket);
        socket.on("error", () => undefined);
        socket.on("close", () => {
          sockets.delete(socket);
          other.destroy();
        });
      }
      const link: { silence: Silence | undefined } = { silence: undefined };
      links.add(link);
      client.on("close", () => links.delete(link));
      let doomed = false;
      client.on("data", (chunk) => {
        doomed ||= fatal !== undefined && chunk.includes(fatal);
        if (doomed) fatal = undefined;
        if (link.silence !== "there" && link.silence !== "both") target.write(chunk);
      });
      target.on("data", (chunk) => {
        if (doomed) cut();
        else if (link.silence !== "back" && link.silence !== "both") client.write(chunk);
      });
    }).listen(port, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
  };

  await open();
  return {
    get port() {
      return port;
    },
    cut,
    close: async () => {
      const closed = server === undefined ? undefined : once(server, "close");
      server?.close();
      cut();
      await closed;
    },
    open,
    freeze: (silence = "back") => {
      for (const link of links) link.silence = silence;
    },
    leadTo: (other) => {
      to = other;
    },
    cutAfterSending: (text) => {
      fatal = text;
    },
  };
};
