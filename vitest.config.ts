import {defineConfig} from 'vitest/config';

// Colour is asked for by the tests that look at it; everything else compares plain text.
export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		// These need a cluster: npm run test:cluster.
		exclude: ['test/cluster/**'],
		globalSetup: ['test/helpers/scratch.ts'],
		env: {NODE_ENV: 'test', FORCE_COLOR: '1', TZ: 'UTC'},
		// Files share what they import; a test leaves no global changed.
		isolate: false,
		// Many tests wait for a program or a server: vitest would leave one processor free.
		maxWorkers: '100%',
		// Only what hangs comes to it, however loaded the machine is.
		testTimeout: 400_000,
		hookTimeout: 400_000,
		expect: {poll: {timeout: 180_000}},
	},
});
