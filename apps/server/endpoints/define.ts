import { z } from 'zod';
import { endpointOf } from './endpoint.ts';

/** Declares one operation; query and path parameters that are not named are refused. */
export const endpoint = endpointOf(z.strictObject({}));
