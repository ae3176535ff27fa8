/** Part of every run's identity: a change of arithmetic changes it. */
export const ENGINE_VERSION = '0.1.0';
