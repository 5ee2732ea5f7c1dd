import { CombinedError, type Exchange, makeOperation, type Operation, type OperationResult } from '@urql/core';
import { Kind } from 'graphql';
import { map, pipe } from 'wonka';
import { takesRequestId } from '@/gql/requestIds';
import { AnswerLost, codeOf, type FailureCode } from './errors';

/** After these a mutation may or may not have been carried out, and is worth trying again. */
const unsettled = new Set<FailureCode | undefined>(['OFFLINE', 'OUTCOME_UNKNOWN', 'UNAVAILABLE']);

/** How long pressing the button again means the same request. */
const keptMs = 10 * 60_000;

interface Kept {
  id: string;
  until: number;
}

/**
 * Names every mutation that makes something, and gives it the same name when it is sent again with the same input after
 * its answer was lost: the server then makes nothing a second time. Any other answer ends the name.
 */
export const requestIds: Exchange = ({ forward }) => {
  const kept = new Map<number, Kept[]>();

  // Taken out while it is under way: the same input sent twice at once is meant twice.
  const take = (key: number): string => {
    const open = (kept.get(key) ?? []).filter((k) => k.until > Date.now());
    const found = open.shift();
    if (open.length > 0) kept.set(key, open);
    else kept.delete(key);
    return found?.id ?? newId();
  };

  const settle = (result: OperationResult): OperationResult => {
    if (result.operation.kind !== 'mutation') return result;
    const { key } = result.operation;
    const id = inputOf(result.operation)?.requestId;
    if (typeof id === 'string' && unsettled.has(codeOf(result.error)))
      kept.set(key, [...(kept.get(key) ?? []), { id, until: Date.now() + keptMs }]);
    return { ...result, error: told(result.error) };
  };

  return (operations) =>
    pipe(
      operations,
      map((operation) => (isNamed(operation) ? named(operation, take(operation.key)) : operation)),
      forward,
      map(settle),
    );
};

/** A network that fails under a mutation says nothing about the server. */
const told = (error: CombinedError | undefined): CombinedError | undefined =>
  error?.networkError && codeOf(error) === 'OFFLINE'
    ? new CombinedError({ networkError: new AnswerLost(error.networkError.message), response: error.response })
    : error;

const inputOf = (operation: Operation): Record<string, unknown> | undefined =>
  (operation.variables as { input?: Record<string, unknown> } | undefined)?.input;

/** Its input takes a name and has none. */
function isNamed(operation: Operation): boolean {
  const input = operation.kind === 'mutation' ? inputOf(operation) : undefined;
  return input !== undefined && input.requestId === undefined && takesRequestId.has(inputTypeOf(operation));
}

function inputTypeOf(operation: Operation): string {
  const definition = operation.query.definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION);
  let type = definition?.variableDefinitions?.find((v) => v.variable.name.value === 'input')?.type;
  while (type && type.kind !== Kind.NAMED_TYPE) type = type.type;
  return type?.name.value ?? '';
}

const named = (operation: Operation, requestId: string): Operation =>
  makeOperation(
    operation.kind,
    { ...operation, variables: { ...operation.variables, input: { ...inputOf(operation), requestId } } },
    operation.context,
  );

/** Random, also on pages without TLS, where the browser makes no UUIDs. */
const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
