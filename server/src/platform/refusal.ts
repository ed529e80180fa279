import type { RefusalCode, RefusalParams } from '@wracam/contract';

export type FieldFault = { readonly pointer: string; readonly detail: string };

/** An expected "no". Thrown, so that the transaction it happened in leaves nothing behind; one handler turns it into an answer. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly params: RefusalParams;
  readonly faults: readonly FieldFault[];
  constructor(code: RefusalCode, params: RefusalParams = {}, faults: readonly FieldFault[] = []) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.params = params;
    this.faults = faults;
  }
}

export function refuse(code: RefusalCode, params: RefusalParams = {}, faults: readonly FieldFault[] = []): never {
  throw new Refusal(code, params, faults);
}

/** A promise of ours that must hold; a failure is a bug and answers 500. */
export function assert(condition: unknown, promise: string): asserts condition {
  if (!condition) throw new Error(`broken promise: ${promise}`);
}
