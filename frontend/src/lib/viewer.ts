import { createContext, useContext } from 'react';
import type { Permission, ViewerQuery } from '@/gql/graphql';

export type Viewer = ViewerQuery['viewer'];

export const ViewerContext = createContext<Viewer | null>(null);

/** Who is signed in; only inside the application frame. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('useViewer stands outside the signed-in part of the application');
  return viewer;
}

export interface ProjectScope {
  id: string;
  slug: string;
  name: string;
  organization: { id: string; slug: string; name: string };
  /** What the viewer may do here; the server enforces it, the screen shows and hides by it. */
  permissions: ReadonlySet<Permission>;
}

export const ProjectContext = createContext<ProjectScope | null>(null);

/** The project whose pages are shown; only inside `/p/$org/$project`. */
export function useProject(): ProjectScope {
  const project = useContext(ProjectContext);
  if (!project) throw new Error('useProject stands outside a project');
  return project;
}

export const useCan = (permission: Permission): boolean => useProject().permissions.has(permission);
