import { createRootRoute } from '@tanstack/react-router';
import { Missing } from './Missing';
import { Shell } from './Shell';

/** The root of every address: spine and top bar around one page. */
export const root = createRootRoute({ component: Shell, notFoundComponent: Missing });
