export { eventReasons, getEventType, knownEventTypes, type KnownType } from './actions.ts';
