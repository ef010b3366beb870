import type { EmulatorRequest, EmulatorResponse, EmulatorServer } from "../kernel/index.ts";
import { adminRoutes } from "./routes.ts";
import type { EmulatedWorld } from "./world.ts";

/** The admin face: plain JSON over HTTP, to look at the world and to move it. Errors are `{ error: { message } }`. */
export function createAdmin(world: EmulatedWorld): EmulatorServer {
  return {
    name: "admin",
    operationOf,
    handle: (request) => {
      const operation = operationOf(request);
      const route = Object.hasOwn(adminRoutes, operation) ? adminRoutes[operation] : undefined;
      if (!route) return failed(404, `There is no ${operation}. Known: ${Object.keys(adminRoutes).join(", ")}.`);
      try {
        const body: unknown = request.body === "" ? undefined : JSON.parse(request.body);
        return { status: 200, body: route({ body, query: request.query }, world) };
      } catch (error) {
        // Whatever a call can cause is the caller's to mend; the message says what it is.
        return failed(400, error instanceof Error ? error.message : String(error));
      }
    },
    refuseBody: (problem) =>
      problem === "too-large" ? failed(413, "The body is too large.") : failed(400, "The body is nested too deeply."),
    // A document of state is as large as the world.
    mostBytes: 256 * 1024 * 1024,
    refuse: () => failed(503, "The admin face has no faults of its own."),
  };
}

function operationOf({ method, path }: EmulatorRequest): string {
  return `${method} ${path}`;
}

function failed(status: number, message: string): EmulatorResponse {
  return { status, body: { error: { message } } };
}
