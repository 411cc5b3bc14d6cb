import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { slimContract } from './slim-contract.js';

// One resolution rule for the whole repository: the condition `source` leads to TypeScript, here in dev and in the build.
const conditions = ['source', 'module', 'browser', 'development|production'];
const serverConditions = ['source', 'module', 'node', 'development|production'];

export default defineConfig({
  plugins: [tailwindcss(), sveltekit(), slimContract()],
  resolve: { conditions },
  // `cookie` is kit's own, of another version than the one that lies at the top of `node_modules` for the server.
  ssr: { noExternal: ['@verbena/shared', 'cookie'], resolve: { conditions: serverConditions } },
  build: {
    target: 'es2022',
    reportCompressedSize: false,
    modulePreload: {
      // A route's files are asked for all at once, so their list stands in the entry. What a page fetches later (a dialog, words)
      // names its files itself; listing them beforehand, in each page that may want it, costs more than it saves.
      resolveDependencies: (_, files, { hostId, hostType }) =>
        hostType === 'html' || hostId.includes('/entry/') ? files : files.filter((file) => file.endsWith('.css')),
    },
  },
  server: {
    // In development the API and the sockets come from a Verbena that `npm start` runs.
    proxy: {
      '/api': { target: process.env.VERBENA_URL ?? 'http://127.0.0.1:3000' },
      '/socket.io': { target: process.env.VERBENA_URL ?? 'http://127.0.0.1:3000', ws: true },
    },
  },
});
