export type AttributeScope = 'document' | 'line' | 'member' | 'history' | 'calendar';
