import { alertEndpoints } from './alerts.ts';
import { analyticsEndpoints } from './analytics.ts';
import type { Endpoint } from './endpoint.ts';
import { gradeEndpoints } from './grades.ts';
import { modelEndpoints } from './models.ts';
import { portfolioEndpoints } from './portfolios.ts';
import { priceEndpoints } from './prices.ts';
import { serviceEndpoints } from './service.ts';
import { signalEndpoints } from './signals.ts';

/** Every operation of the versioned API. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...priceEndpoints, ...gradeEndpoints, ...signalEndpoints, ...analyticsEndpoints, ...portfolioEndpoints, ...modelEndpoints, ...alertEndpoints, ...serviceEndpoints,
];

export type { Answer, Call, Endpoint, Method } from './endpoint.ts';
