export { connectorConformance, type ConformanceOptions } from "./conformance.ts";
export { memoryTokens, testContext } from "./context.ts";
export { type FakeAnswer, type FakeServer, type ReceivedCall, sendJson, startFakeServer } from "./fake-server.ts";
export { type RecordingLogger, recordingLogger } from "./recording-logger.ts";
export type { ConformanceWorld, RecordedAnswer, RecordedError, WorldOffers } from "./world.ts";
