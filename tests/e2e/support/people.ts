import { expect, type Locator, type Page } from '@playwright/test';

export interface Person {
  name: string;
  email: string;
  password: string;
}

export const owner: Person = { name: 'Ada Owner', email: 'ada@example.com', password: 'a long enough password 1' };
export const reviewer: Person = { name: 'Rob Reviewer', email: 'rob@example.com', password: 'another long password 2' };

/** Fills the form of the link that a new server prints. */
export async function becomeOwner(page: Page, link: string, organization = 'Harbour Mutual'): Promise<void> {
  await page.goto(link);
  await fillPerson(page, owner);
  await page.getByLabel('Organization').fill(organization);
  await page.getByRole('button', { name: 'Create the organization' }).click();
}

export async function createProject(page: Page, name: string): Promise<void> {
  await page.getByLabel('Project name').fill(name);
  await page.getByRole('button', { name: 'Create the project' }).click();
  await expect(page.getByRole('heading', { name: 'Send your first trace' })).toBeVisible();
}

/** Whoever is invited is not asked for an address: the invitation is for one. */
export async function fillPerson(page: Page, person: Person, isInvited = false): Promise<void> {
  await page.getByLabel('Your name').fill(person.name);
  if (!isInvited) await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
}

/** Opens a page of the project from the navigation. */
export async function open(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Primary' })
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click();
}

/** Chooses an entry of a drop-down by a part of its text. */
export async function choose(page: Page, box: Locator, entry: string): Promise<void> {
  await box.click();
  await page.getByRole('option', { name: entry }).click();
}

/** Settings → API keys → New key with the named rights; returns the secret, which is shown once. */
export async function createKey(page: Page, name: string, rights: string[]): Promise<string> {
  await open(page, 'Settings');
  await page.getByRole('link', { name: /API keys|Keys/ }).click();
  await page.getByRole('button', { name: 'New key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  for (const box of await dialog.getByRole('checkbox').all()) await box.uncheck();
  for (const right of rights) await dialog.getByRole('checkbox', { name: right }).check();
  await dialog.getByRole('button', { name: 'Create the key' }).click();
  const secret = (await dialog.getByRole('region', { name: 'key' }).textContent()).trim();
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  return secret;
}

/** Settings → Members → Invite; returns the link, which is shown once. */
export async function invite(page: Page, email: string, role: string): Promise<string> {
  await open(page, 'Settings');
  await page.getByRole('link', { name: 'Members' }).click();
  await page.getByLabel('E-mail').fill(email);
  await choose(
    page,
    page
      .getByRole('combobox', { name: 'Role', exact: true })
      .or(page.getByLabel('Role', { exact: true }))
      .first(),
    role,
  );
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  return (await page.getByRole('region', { name: 'invitation link' }).textContent()).trim();
}
