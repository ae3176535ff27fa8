export * from './types/index.ts';
export * from './alerts/index.ts';
