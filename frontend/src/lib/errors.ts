import type { CombinedError } from '@urql/core';

/** `extensions.code` of the schema's head, plus what has no code. */
export type FailureCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'LEASE_EXPIRED'
  | 'BLINDED'
  | 'RATE_LIMITED'
  | 'PROVIDER_ERROR'
  | 'PAYLOAD_TOO_LARGE'
  | 'NOT_IMPLEMENTED'
  | 'UNAVAILABLE'
  | 'OUTCOME_UNKNOWN'
  | 'INTERNAL'
  | 'OFFLINE';

/** Codes whose message the server words for people. */
const worded = new Set<FailureCode>([
  'BAD_USER_INPUT',
  'CONFLICT',
  'FORBIDDEN',
  'LEASE_EXPIRED',
  'RATE_LIMITED',
  'PROVIDER_ERROR',
  'PAYLOAD_TOO_LARGE',
  'UNAVAILABLE',
  'OUTCOME_UNKNOWN',
]);

/** The network failed under a mutation: it may have been carried out. */
export class AnswerLost extends Error {}

export function codeOf(error: CombinedError | undefined): FailureCode | undefined {
  if (!error) return undefined;
  if (error.networkError) return error.response?.status === 401 ? 'UNAUTHENTICATED' : 'OFFLINE';
  const codes = error.graphQLErrors.map((e) => e.extensions?.code as FailureCode | undefined);
  return codes.find((code) => code !== 'NOT_IMPLEMENTED') ?? codes[0] ?? 'INTERNAL';
}

/** A sentence for people: what happened and what to do. */
export function sentenceOf(error: CombinedError): string {
  const code = codeOf(error)!;
  const said = error.graphQLErrors.map((e) => e.message).join(' ');
  if (worded.has(code) && said) return said;
  switch (code) {
    case 'OFFLINE':
      return error.networkError instanceof AnswerLost
        ? 'The connection broke before Plumbline answered, so this may have been done. Check the connection and try again: it is not done twice.'
        : 'Plumbline could not be reached. Check the connection and try again.';
    case 'UNAUTHENTICATED':
      return 'You are signed out. Sign in again to go on.';
    case 'NOT_FOUND':
      return 'This does not exist, or you have no access to it. Ask the owner of the project for an invitation.';
    case 'BLINDED':
      return 'You are still to review this. It opens when you have submitted.';
    case 'NOT_IMPLEMENTED':
      return 'This server does not offer this yet.';
    default:
      return 'The server had a problem with this. Try again; if it stays, give the id below to whoever runs Plumbline.';
  }
}

/** The server's own words, for the fold. */
export const detailOf = (error: CombinedError): string =>
  error.networkError
    ? error.networkError.message
    : error.graphQLErrors.map((e) => `${e.path?.join('.') ?? ''} ${e.message}`.trim()).join('\n');
