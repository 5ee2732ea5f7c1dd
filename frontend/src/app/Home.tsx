import { Navigate } from '@tanstack/react-router';
import { lastProject } from '@/lib/lastProject';
import { urls } from '@/lib/urls';
import { useViewer } from '@/lib/viewer';

/** The project of last time, else the first one, else the page that makes one. */
export function Home() {
  const { organizations } = useViewer();
  const places = organizations.flatMap((organization) =>
    organization.projects.map((p) => ({ slug: p.slug, organization })),
  );
  const last = lastProject();
  const place = places.find((p) => p.slug === last?.project && p.organization.slug === last.organization) ?? places[0];
  return <Navigate {...(place ? urls.traces(place) : urls.newProject())} replace />;
}
