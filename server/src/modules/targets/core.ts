import type { TargetSide } from '@wracam/engine/targets/definition';

export type TargetState = 'draft' | 'active' | 'ended';
export type TargetStep = 'start' | 'end';

const steps = { draft: { start: 'active' }, active: { end: 'ended' }, ended: {} } as const satisfies Record<TargetState, Partial<Record<TargetStep, TargetState>>>;
/** The state after a step; null when it cannot be taken. */
export const targetAfter = (state: TargetState, step: TargetStep): TargetState | null => (steps[state] as Partial<Record<TargetStep, TargetState>>)[step] ?? null;

/** Whose sum it is, as stored: the first letter of the side with the id, or with the name of a group. */
export const participantKey = (side: TargetSide, of: number | string): string => `${side.charAt(0)}${of}`;
export const participantId = (key: string): number => Number(key.slice(1));
export const participantGroup = (key: string): string => key.slice(1);
