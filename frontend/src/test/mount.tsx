import { MantineProvider } from '@mantine/core';
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { Client, cacheExchange, type Exchange, makeResult, type Operation, Provider } from 'urql';
import { delay, filter, fromArray, map, mergeMap, pipe, type Source, takeUntil } from 'wonka';
import { routeTree } from '@/app/router';
import { Toasts } from '@/ui';
import { permissions as every } from './permissions';

export interface Answer {
  data?: Record<string, unknown>;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
}
/** Answers one operation; `undefined` leaves it to the usual answers (viewer, permissions, counts). */
export type Answers = Record<string, (variables: never, operation: Operation) => Answer | Source<Answer>>;

const nameOf = (operation: Operation): string => {
  const definition = operation.query.definitions.find((d) => d.kind === 'OperationDefinition');
  return definition && 'name' in definition ? (definition.name?.value ?? '') : '';
};

const usual: Answers = {
  Viewer: () => ({
    data: {
      viewer: {
        __typename: 'Viewer',
        user: { __typename: 'User', id: 'usr_1', name: 'Maya Lindqvist', email: 'maya@harbour.example' },
        organizations: [
          {
            __typename: 'Organization',
            id: 'org_1',
            slug: 'harbour',
            name: 'Harbour Mutual',
            projects: [{ __typename: 'Project', id: 'prj_1', slug: 'claims', name: 'Claims assistant' }],
          },
        ],
      },
    },
  }),
  ProjectPermissions: () => ({ data: { viewer: { __typename: 'Viewer', permissions: every } } }),
  NavigationCounts: () => ({ data: { project: { __typename: 'Project', id: 'prj_1', reviewQueues: [] } } }),
  InboxCount: () => ({ data: { viewer: { __typename: 'Viewer', reviewInbox: [] } } }),
};

const isSource = (value: Answer | Source<Answer>): value is Source<Answer> => typeof value === 'function';

/** A real urql client whose last exchange answers from functions: no fetch, no mocked hooks. */
function clientFor(answers: Answers, seen: Operation[] = []): Client {
  const last: Exchange = () => (operations) =>
    pipe(
      operations,
      filter((o) => o.kind !== 'teardown'),
      mergeMap((operation) => {
        seen.push(operation);
        const answer = (answers[nameOf(operation)] ?? usual[nameOf(operation)])?.(
          operation.variables as never,
          operation,
        ) ?? {
          errors: [{ message: `no answer for ${nameOf(operation)}`, extensions: { code: 'INTERNAL' } }],
        };
        const stream = isSource(answer) ? answer : pipe(fromArray([answer]), delay(0));
        return pipe(
          stream,
          map((a) => makeResult(operation, a as never)),
          takeUntil(
            pipe(
              operations,
              filter((o) => o.kind === 'teardown' && o.key === operation.key),
            ),
          ),
        );
      }),
    );
  return new Client({ url: 'http://plumbline.test/graphql', preferGetMethod: false, exchanges: [cacheExchange, last] });
}

/** Mounts the whole application at an address. */
export function mountAt(path: string, answers: Answers = {}) {
  const seen: Operation[] = [];
  const client = clientFor(answers, seen);
  const router = createRouter({ routeTree, history: createMemoryHistory({ initialEntries: [path] }) });
  const view = render(
    <MantineProvider env="test">
      <Provider value={client}>
        <RouterProvider router={router as never} />
      </Provider>
      <Toasts />
    </MantineProvider>,
  );
  return { ...view, router, client, seen, sent: (name: string) => seen.filter((o) => nameOf(o) === name) };
}
