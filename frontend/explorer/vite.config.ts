import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Built into the web application's folder, beside it and apart from it: nothing of the editor gets into the application's own files.
export default defineConfig({
  root: at('.'),
  publicDir: false,
  build: {
    target: 'es2023',
    outDir: at('../dist'),
    emptyOutDir: false,
    assetsDir: 'assets/explorer',
    chunkSizeWarningLimit: 8000,
    rolldownOptions: { input: at('explorer.html') },
  },
});
