import type { Place } from './urls';

const key = 'plumbline.project';

/** The project that opens first next time, on this device. */
export function rememberProject(place: Place): void {
  try {
    localStorage.setItem(key, JSON.stringify([place.organization.slug, place.slug]));
  } catch {
    // Without storage the first project opens; nothing else depends on it.
  }
}

export function lastProject(): { organization: string; project: string } | undefined {
  try {
    const [organization, project] = JSON.parse(localStorage.getItem(key) ?? '[]') as [string?, string?];
    return organization && project ? { organization, project } : undefined;
  } catch {
    return undefined;
  }
}
