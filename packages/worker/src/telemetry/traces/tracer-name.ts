/** Where Cosell's own spans come from, as OpenTelemetry names its sources. */
export const tracerName = "cosell";
