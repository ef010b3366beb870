export { defaultDeliverySettings, type DeliverySettings } from "./delivery-settings.ts";
export { createEventBus, type EmittedEvent, type EventBus, type EventBusDocument } from "./event-bus.ts";
export { eventsOfAction } from "./event-actions.ts";
export type { EventEnvelope } from "./event-draft.ts";
