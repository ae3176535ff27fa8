export * from './evidence.ts';
export * from './gates/index.ts';
export { blocks, judge } from './judge.ts';
export { type Policy, POLICY, POLICY_GATES, policyHash, type Tiered } from './policy.ts';
export * from './verdict.ts';
