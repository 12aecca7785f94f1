/** All upstream authorities. */
import { nested } from './nested';
import { DEFAULT_SECRET, secret } from './secret';
import type { NestedAuthority, UpstreamAuthority } from './upstream-authority';

/** Those that a fleet chooses under `trust.authority`, sorted by key. */
export const UPSTREAM_AUTHORITIES: readonly UpstreamAuthority[] = [secret];

export const DEFAULT_UPSTREAM_AUTHORITY = secret;

/** Name of the Secret that the default authority reads. */
export const DEFAULT_UPSTREAM_SECRET = DEFAULT_SECRET;

export const NESTED_AUTHORITY: NestedAuthority = nested;
