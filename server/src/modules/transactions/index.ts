export { makeBookingQueue, type BookingQueue } from './queue.ts';
export { bookDocuments, isDenied, requestOf, type Booked, type Outcome } from './booking.ts';
export type { DocumentLine, NewDocument, Pointer } from './document.ts';
