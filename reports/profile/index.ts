export { renderProfile } from './page.ts';
export type { ProfiledCall, ProfileReport } from './types.ts';
