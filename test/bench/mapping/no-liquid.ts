import { registerHooks } from "node:module";

/**
 * Stands in for the package `liquidjs`: mapping-kit loads it without declaring it, for a directive that the benchmark
 * does not use. Importing this file puts it in place.
 *
 * @public
 */
export class Liquid {
  readonly registerTag = (): void => undefined;
  readonly registerFilter = (): void => undefined;
}

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "liquidjs" ? { url: import.meta.url, shortCircuit: true } : next(specifier, context),
});
