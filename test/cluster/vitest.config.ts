import {defineConfig} from 'vitest/config';

// A cluster is one place: files run one after the other, and patience is that of a cluster, not of a function.
export default defineConfig({
	test: {
		include: ['test/cluster/**/*.test.ts'],
		env: {NODE_ENV: 'test', TZ: 'UTC'},
		fileParallelism: false,
		testTimeout: 120_000,
		hookTimeout: 120_000,
	},
});
