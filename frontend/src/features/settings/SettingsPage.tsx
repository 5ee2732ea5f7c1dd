import { Link, useParams } from '@tanstack/react-router';
import { type ComponentType, Fragment } from 'react';
import { usePage } from '@/lib/page';
import { type SettingsPage as PageName, urls } from '@/lib/urls';
import { useProject } from '@/lib/viewer';
import { PageHead } from '@/ui';
import { Keys } from './Keys';
import { Members } from './Members';
import { OrganizationFacts } from './OrganizationFacts';
import { Prices } from './Prices';
import { ProjectRules } from './ProjectRules';
import { Providers } from './Providers';
import c from './SettingsPage.module.css';

const groups: { name: string; pages: { page: PageName; label: string; lead: string; body: ComponentType }[] }[] = [
  {
    name: 'Organization',
    pages: [
      {
        page: 'general',
        label: 'General',
        lead: 'What this organization is called and what it holds.',
        body: OrganizationFacts,
      },
      {
        page: 'members',
        label: 'Members',
        lead: 'Who belongs here and what they may do. A change takes effect with their next click.',
        body: Members,
      },
      {
        page: 'prices',
        label: 'Model prices',
        lead: 'What a call costs. Set your own where you have other terms, or where a model is missing.',
        body: Prices,
      },
    ],
  },
  {
    name: 'Project',
    pages: [
      {
        page: 'keys',
        label: 'API keys',
        lead: 'For applications that send traces and for scripts that ask. Each key belongs to this project only.',
        body: Keys,
      },
      {
        page: 'providers',
        label: 'Model providers',
        lead: 'Where the playground runs prompts. Keys are stored sealed and never shown again.',
        body: Providers,
      },
      {
        page: 'project',
        label: 'Storage and privacy',
        lead: 'What is kept, for how long, and what is taken out before it is written.',
        body: ProjectRules,
      },
    ],
  },
];

export function SettingsPage() {
  const project = useProject();
  const { page } = useParams({ from: '/signed-in/p/$org/$project/settings/$page' });
  const current = groups.flatMap((group) => group.pages).find((p) => p.page === page) ?? groups[0]!.pages[0]!;
  const Body = current.body;
  usePage({ title: current.label, parents: [{ label: 'Settings', link: urls.settings(project) }] });
  return (
    <div className={c.split}>
      <nav className={c.list} aria-label="Settings">
        {groups.map((group) => (
          <Fragment key={group.name}>
            <span className={c.group}>{group.name}</span>
            {group.pages.map((p) => (
              <Link key={p.page} {...urls.settings(project, p.page)} aria-current={p === current ? 'page' : undefined}>
                {p.label}
              </Link>
            ))}
          </Fragment>
        ))}
      </nav>
      <div className={c.body}>
        <PageHead title={current.label} />
        <p className={c.lead}>{current.lead}</p>
        <div className={c.cards}>
          <Body key={`${project.id} ${page}`} />
        </div>
      </div>
    </div>
  );
}
