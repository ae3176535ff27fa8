export * from './score/index.ts';
export * from './feed/index.ts';
export * from './types/index.ts';
export * from './service/index.ts';
export * from './subscores/index.ts';
export * from './view/index.ts';
export * from './live/index.ts';
export * from './alerts/index.ts';
