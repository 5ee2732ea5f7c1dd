import { type Target, urls } from '@/lib/urls';
import type { ProjectScope, Viewer } from '@/lib/viewer';
import { groupsFor } from './navigation';

export interface Command {
  id: string;
  label: string;
  /** What it belongs to, shown dim. */
  note: string;
  link?: Target;
  run?: () => void;
}

/** Pages of this project, its settings, other projects. */
export function commandsFor(project: ProjectScope, viewer: Viewer): Command[] {
  const pages = groupsFor(project.permissions).flatMap((group) =>
    group.links.map((d) => ({ id: `page ${d.label}`, label: d.label, note: group.name, link: d.link(project) })),
  );
  const settings = (
    [
      ['general', 'Organization'],
      ['members', 'Members'],
      ['keys', 'API keys'],
      ['providers', 'Model providers'],
      ['project', 'Project settings'],
    ] as const
  ).map(([page, label]) => ({ id: `settings ${page}`, label, note: 'Settings', link: urls.settings(project, page) }));
  const projects = viewer.organizations.flatMap((organization) =>
    organization.projects
      .filter((p) => p.id !== project.id)
      .map((p) => ({
        id: p.id,
        label: p.name,
        note: organization.name,
        link: urls.traces({ slug: p.slug, organization }),
      })),
  );
  return [
    ...pages,
    ...settings,
    { id: 'welcome', label: 'Send a trace', note: 'How to', link: urls.firstTrace(project) },
    ...projects,
  ];
}

/** Words in any order; those that begin the label come first. */
export function matching(commands: readonly Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (c: Command) => `${c.label} ${c.note}`.toLowerCase();
  const first = words[0] ?? '';
  return commands
    .filter((c) => words.every((word) => text(c).includes(word)))
    .toSorted(
      (a, b) => Number(b.label.toLowerCase().startsWith(first)) - Number(a.label.toLowerCase().startsWith(first)),
    );
}
