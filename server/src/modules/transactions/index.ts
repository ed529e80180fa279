export { makeBookingQueue, type BookingQueue } from './queue.ts';
export { bookDocuments, isDenied, requestOf, type Booked, type Outcome } from './booking.ts';
export type { DocumentLine, NewDocument, Pointer } from './document.ts';
export { documentFaults } from './document.ts';
export type { Companion, Request as BookingRequest, Workspace } from './workspace.ts';
export { documentHeads } from './store.ts';
export { undoDocuments, type UndoneBatch } from './undo-batch.ts';
