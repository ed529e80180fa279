export { makeBookingQueue, type BookingQueue } from './queue.ts';
export { bookDocuments, isDenied, requestOf, type Booked, type Outcome } from './booking.ts';
export type { DocumentLine, NewDocument, Pointer } from './document.ts';
export { documentFaults } from './document.ts';
export type { Request as BookingRequest } from './workspace.ts';
export { documentHeads } from './store.ts';
