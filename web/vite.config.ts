import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// `npm run dev` speaks to a running `diwan serve`; DIWAN_ADDRESS names another one.
const server = process.env['DIWAN_ADDRESS'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    // public/.keep is copied along: the committed marker that lets the Go binary build without npm.
    emptyOutDir: true,
    target: 'es2023',
    manifest: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      output: {
        // The server gives what lies under develop/ only to people who write programs against the API.
        chunkFileNames: (chunk) => (chunk.moduleIds.some((id) => /node_modules\/(graphiql|@graphiql|codemirror|codemirror-graphql)\//.test(id)) ? 'assets/develop/[name]-[hash].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: Object.fromEntries(['/graphql', '/sign-in', '/sign-out', '/step-up', '/log/'].map((path) => [path, server])) },
  test: { include: ['src/**/*.test.{ts,tsx}', 'scripts/*.test.mjs'], environment: 'node' },
});
