export { eventNames, eventReasons, getEventType, knownEventTypes, type KnownType } from './actions.ts';
export { reportedView } from './views.ts';
