import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.PLUMBLINE_URL ?? 'http://127.0.0.1:5080';
const served = ['/graphql', '/assets/explorer', '/signin/password', '/signin/state', '/signout', '/v1', '/healthz'];

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: {
      ...Object.fromEntries(served.map((path) => [path, server])),
      // These two are pages on GET and endpoints on POST.
      '^/signin/(link|join)$': {
        target: server,
        bypass: (request) => (request.method === 'GET' ? '/index.html' : null),
      },
    },
  },
  build: {
    target: 'es2023',
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'mantine', test: /node_modules[\\/]@mantine[\\/](core|hooks)/ },
          ],
        },
      },
    },
  },
  test: {
    css: false,
    testTimeout: 30_000,
    maxWorkers: '100%',
    // Functions are tested without a page: making one costs a second per file.
    projects: [
      {
        extends: true,
        test: {
          name: 'functions',
          environment: 'node',
          setupFiles: './src/test/storage.ts',
          include: ['src/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'screens',
          environment: 'jsdom',
          setupFiles: './src/test/setup.ts',
          include: ['src/**/*.test.tsx'],
        },
      },
    ],
  },
});
