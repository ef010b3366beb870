import { resolve } from "node:path";
import { type ConnectorContext, FailureError } from "@cosell/connector";
import type { FileConfig, ObjectSettings } from "./config.ts";
import type { KeptRows } from "./kept-rows.ts";

/** One object's file, and what every call on it needs. */
export interface OpenObject {
  readonly object: string;
  readonly path: string;
  readonly settings: ObjectSettings;
  /** Throws `aborted` when the connection is closed or was told to stop; else the signal that tells of it. */
  readonly signal: () => AbortSignal;
  /** Small files, as they were last read. */
  readonly kept: Map<string, KeptRows>;
  readonly clock: ConnectorContext["clock"];
  readonly logger: ConnectorContext["logger"];
}

/** The files of one connection. */
export interface FileStore {
  readonly folder: string;
  readonly objects: readonly string[];
  /** Throws `aborted` once the connection is over. */
  readonly admit: () => AbortSignal;
  /** Throws `missing`, naming what there is. */
  readonly open: (object: string) => OpenObject;
  readonly close: () => void;
}

export function createStore(config: FileConfig, context: ConnectorContext): FileStore {
  const closing = new AbortController();
  const signal = context.signal ? AbortSignal.any([context.signal, closing.signal]) : closing.signal;
  const kept = new Map<string, KeptRows>();
  const objects = Object.keys(config.objects);
  const folder = resolve(config.folder);
  const admit = (): AbortSignal => {
    if (signal.aborted) throw new FailureError({ kind: "aborted", message: "The call was ended by Cosell." });
    return signal;
  };
  return {
    folder,
    objects,
    admit,
    open: (object) => {
      admit();
      const settings = Object.hasOwn(config.objects, object) ? config.objects[object] : undefined;
      if (!settings) {
        const message = `No file is configured for the object ${object}; there is ${objects.join(", ")}.`;
        throw new FailureError({ kind: "missing", message });
      }
      const { clock, logger } = context;
      return { object, path: resolve(folder, settings.file), settings, signal: admit, kept, clock, logger };
    },
    close: () => closing.abort(),
  };
}
