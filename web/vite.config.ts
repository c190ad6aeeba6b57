import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env['JINGWEI_SERVER'] ?? 'http://127.0.0.1:8600';

// The server serves what is built from its artifacts folder; nothing is fetched from elsewhere at run time.
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: process.env['JINGWEI_WEB_OUT'] ?? '../artifacts/web',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router|@tanstack)[\\/]/ },
            { name: 'echarts', test: /node_modules[\\/](echarts|zrender)[\\/]/ },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(['/api', '/health', '/metrics', '/openapi'].map((path) => [path, server])),
  },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
});
