import { expect, type Page, test } from '@playwright/test';
import { becomeOwner, createProject } from '../support/people';
import { Server } from '../support/server';

const mostScriptBytes = 250_000;

let server: Server;
test.beforeAll(async () => {
  server = await Server.start();
});
test.afterAll(async () => {
  await server.stop();
});

/** The bytes that come over the network for the page's scripts from now on, headers included. Nothing is in the cache. */
async function watchScripts(page: Page): Promise<Map<string, number>> {
  const network = await page.context().newCDPSession(page);
  const [scripts, sizes] = [new Map<string, string>(), new Map<string, number>()];
  network.on('Network.responseReceived', ({ requestId, response }) => {
    if (/javascript/.test(response.mimeType)) scripts.set(requestId, new URL(response.url).pathname);
  });
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = scripts.get(requestId);
    if (path) sizes.set(path, encodedDataLength);
  });
  await network.send('Network.enable');
  await network.send('Network.clearBrowserCache');
  return sizes;
}

test('the traces page of a first visit moves at most 250 KB of script', async ({ page }) => {
  await becomeOwner(page, server.ownerLink);
  await createProject(page, 'Claims assistant');
  await page.getByRole('button', { name: 'Load sample project' }).click();
  await expect(page.getByText('The sample is loaded')).toBeVisible();

  const fresh = await page.context().newPage();
  const scripts = await watchScripts(fresh);
  await fresh.goto(new URL('/p/harbour-mutual/claims-assistant/traces', server.url).href);
  await expect(fresh.getByRole('grid', { name: 'Traces' }).getByRole('row').nth(5)).toBeVisible();

  expect([...scripts.keys()].some(path => path.includes('TracesPage'))).toBe(true);
  expect([...scripts.values()].reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(mostScriptBytes);
});
