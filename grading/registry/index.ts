export { type RegistryEntry, type RegistryPayloads, type RegistryType } from './entries.ts';
export { type ObjectStore, openObjects } from './objects.ts';
export { type ModelChange, openRegistry, type Registry, registryFolder, registryObjects, type RegistryOptions } from './registry.ts';
export { REGISTRY_JOURNAL } from './state.ts';
export { checkTransition, OPERATOR, SHADOW_DAYS, type TransitionFacts, TRANSITIONS } from './states.ts';
