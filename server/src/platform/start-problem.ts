const mark = Symbol('start problem');

/** An expected reason not to start, or not to run a command: one sentence that tells the operator what to do. It is printed without a stack. */
export const startProblem = (sentence: string): Error => Object.assign(new Error(sentence), { [mark]: true });

/** True for errors made by `startProblem`; anything else that is thrown on start is a bug and is printed with its stack. */
export const isStartProblem = (error: unknown): error is Error => error instanceof Error && mark in error;
