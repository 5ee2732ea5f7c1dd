import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { readSearch } from '@/features/traces/model/filters';
import { settingsPages } from '@/lib/urls';
import { InProject, SignedIn } from './frames';
import { Home } from './Home';
import { Crashed, NotFound, Opening } from './outcomes';

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

// ---------------------------------------------------------------- before sign-in
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/signin',
  validateSearch: (s: Record<string, unknown>): { next?: string } => ({ next: text(s.next) }),
  component: lazyRouteComponent(() => import('@/features/account/SignInPage'), 'SignInPage'),
});
const firstOwner = createRoute({
  getParentRoute: () => root,
  path: '/signin/link/$token',
  component: lazyRouteComponent(() => import('@/features/account/FirstOwnerPage'), 'FirstOwnerPage'),
});
const join = createRoute({
  getParentRoute: () => root,
  path: '/join/$token',
  component: lazyRouteComponent(() => import('@/features/account/JoinPage'), 'JoinPage'),
});

// ---------------------------------------------------------------- signed in, outside a project
const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: SignedIn });
const home = createRoute({ getParentRoute: () => signedIn, path: '/', component: Home });
const newProject = createRoute({
  getParentRoute: () => signedIn,
  path: '/new',
  validateSearch: (s: Record<string, unknown>): { organization?: string } => ({ organization: text(s.organization) }),
  component: lazyRouteComponent(() => import('@/features/onboarding/NewProjectPage'), 'NewProjectPage'),
});
const inbox = createRoute({
  getParentRoute: () => signedIn,
  path: '/reviews',
  component: lazyRouteComponent(() => import('@/features/reviews/InboxPage'), 'InboxPage'),
});
const review = createRoute({
  getParentRoute: () => signedIn,
  path: '/reviews/$queueId',
  component: lazyRouteComponent(() => import('@/features/reviews/ReviewPage'), 'ReviewPage'),
});

// ---------------------------------------------------------------- a project
const project = createRoute({ getParentRoute: () => signedIn, path: '/p/$org/$project', component: InProject });
const projectHome = createRoute({
  getParentRoute: () => project,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/p/$org/$project/traces', params, replace: true });
  },
});
const welcome = createRoute({
  getParentRoute: () => project,
  path: '/welcome',
  component: lazyRouteComponent(() => import('@/features/onboarding/FirstTracePage'), 'FirstTracePage'),
});
const traces = createRoute({
  getParentRoute: () => project,
  path: '/traces',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('@/features/traces/TracesPage'), 'TracesPage'),
});
const trace = createRoute({
  getParentRoute: () => project,
  path: '/traces/$traceId',
  validateSearch: (s: Record<string, unknown>): { span?: string } => ({ span: text(s.span) }),
  component: lazyRouteComponent(() => import('@/features/traces/TracePage'), 'TracePage'),
});
const prompts = createRoute({
  getParentRoute: () => project,
  path: '/prompts',
  component: lazyRouteComponent(() => import('@/features/prompts/PromptsPage'), 'PromptsPage'),
});
const prompt = createRoute({
  getParentRoute: () => project,
  path: '/prompts/$name',
  validateSearch: (s: Record<string, unknown>): { version?: number } => ({
    version: Number.isInteger(Number(s.version)) && Number(s.version) > 0 ? Number(s.version) : undefined,
  }),
  component: lazyRouteComponent(() => import('@/features/playground/PlaygroundPage'), 'PlaygroundPage'),
});
const queues = createRoute({
  getParentRoute: () => project,
  path: '/queues',
  component: lazyRouteComponent(() => import('@/features/reviews/QueuesPage'), 'QueuesPage'),
});
const queue = createRoute({
  getParentRoute: () => project,
  path: '/queues/$queueId',
  component: lazyRouteComponent(() => import('@/features/reviews/QueuePage'), 'QueuePage'),
});
const disputes = createRoute({
  getParentRoute: () => project,
  path: '/queues/$queueId/disputes',
  component: lazyRouteComponent(() => import('@/features/reviews/DisputesPage'), 'DisputesPage'),
});
const datasets = createRoute({
  getParentRoute: () => project,
  path: '/datasets',
  component: lazyRouteComponent(() => import('@/features/datasets/DatasetsPage'), 'DatasetsPage'),
});
const dataset = createRoute({
  getParentRoute: () => project,
  path: '/datasets/$datasetId',
  component: lazyRouteComponent(() => import('@/features/datasets/DatasetPage'), 'DatasetPage'),
});
const settings = createRoute({
  getParentRoute: () => project,
  path: '/settings/$page',
  beforeLoad: ({ params }) => {
    if (!settingsPages.some((page) => page === params.page)) {
      throw redirect({ to: '/p/$org/$project/settings/$page', params: { ...params, page: 'general' }, replace: true });
    }
  },
  component: lazyRouteComponent(() => import('@/features/settings/SettingsPage'), 'SettingsPage'),
});

export const routeTree = root.addChildren([
  signIn,
  firstOwner,
  join,
  signedIn.addChildren([
    home,
    newProject,
    inbox,
    review,
    project.addChildren([
      projectHome,
      welcome,
      traces,
      trace,
      prompts,
      prompt,
      queues,
      queue,
      disputes,
      datasets,
      dataset,
      settings,
    ]),
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: Crashed,
  defaultPendingComponent: Opening,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
