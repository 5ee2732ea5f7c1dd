import { Navigate, Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { useQuery } from 'urql';
import { type Permission, ProjectPermissionsDocument, ViewerDocument } from '@/gql/graphql';
import { codeOf, detailOf, sentenceOf } from '@/lib/errors';
import { rememberProject } from '@/lib/lastProject';
import { urls } from '@/lib/urls';
import { ProjectContext, type ProjectScope, ViewerContext } from '@/lib/viewer';
import { Failure, FocusFrame, Logo, Waiting } from '@/ui';
import { Shell } from './Shell';

/** Everything behind sign-in: asks who is there and hands that down. */
export function SignedIn() {
  const [{ data, error, fetching }, again] = useQuery({ query: ViewerDocument });
  if (data?.viewer) {
    return (
      <ViewerContext value={data.viewer}>
        <Outlet />
      </ViewerContext>
    );
  }
  if (fetching || codeOf(error) === 'UNAUTHENTICATED') return <Waiting label="Opening Plumbline" />;
  return (
    <FocusFrame bar={<Logo />}>
      <Failure
        title="Plumbline did not open"
        text={error ? sentenceOf(error) : 'The server sent no answer. Try again.'}
        detail={error && detailOf(error)}
        onRetry={() => again({ requestPolicy: 'network-only' })}
      />
    </FocusFrame>
  );
}

/** The pages of one project, named by slugs in the address. */
export function InProject() {
  const { org, project: slug } = useParams({ from: '/signed-in/p/$org/$project' });
  const [viewer] = useQuery({ query: ViewerDocument });
  const organization = viewer.data?.viewer.organizations.find((o) => o.slug === org);
  const project = organization?.projects.find((p) => p.slug === slug);
  const [permissions] = useQuery({
    query: ProjectPermissionsDocument,
    variables: { projectId: project?.id ?? '' },
    pause: !project,
  });
  const granted = permissions.data?.viewer?.permissions;
  const scope = useMemo<ProjectScope | null>(
    () =>
      organization && project && granted
        ? { ...project, organization, permissions: new Set<Permission>(granted) }
        : null,
    [organization, project, granted],
  );
  useEffect(() => {
    if (scope) rememberProject(scope);
  }, [scope]);
  // Those who may only review see no navigation and no project names.
  if (scope?.permissions.has('REVIEW') && !scope.permissions.has('READ_TRACES'))
    return <Navigate {...urls.inbox()} replace />;
  if (scope) {
    return (
      <ProjectContext value={scope}>
        <Shell>
          <Outlet />
        </Shell>
      </ProjectContext>
    );
  }
  if (!viewer.fetching && !project) return <NoSuchProject />;
  if (permissions.error) {
    return (
      <FocusFrame bar={<Logo />}>
        <Failure
          title="The project did not open"
          text={sentenceOf(permissions.error)}
          detail={detailOf(permissions.error)}
        />
      </FocusFrame>
    );
  }
  return <Waiting label="Opening the project" />;
}

function NoSuchProject() {
  const navigate = useNavigate();
  return (
    <FocusFrame bar={<Logo />}>
      <Failure
        title="No such project"
        text="It does not exist, or you have no access to it. Ask its owner for an invitation, or open another project."
        onRetry={() => void navigate(urls.home())}
      />
    </FocusFrame>
  );
}
