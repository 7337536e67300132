import {delimiter, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {loadKubeconfig} from '../../../source/cluster/kubeconfig/load.ts';
import {directoryOf} from '../../helpers/files.ts';
import {asKubectlPrints} from './as-kubectl-prints.ts';
import {cases} from './cases.ts';
import {configView, kubectl} from './kubectl.ts';

// Set KUBECTL or have kubectl in PATH; without one these are shown as skipped.
describe.skipIf(kubectl === undefined)('a kubeconfig is read as kubectl reads it', () => {
	it.each(cases)('$title', async ({files, list, refused}) => {
		const directory = await directoryOf(files);
		const env = {
			HOME: directory,
			KUBECONFIG: (list ?? Object.keys(files))
				.map((name) => (name === '' ? '' : join(directory, name)))
				.join(delimiter),
		};

		const expected = configView([], {env, cwd: directory});
		const got = await loadKubeconfig(undefined, env).then(
			({kubeconfig}) => asKubectlPrints(kubeconfig),
			() => undefined,
		);

		expect(got).toEqual(expected);
		expect(got === undefined).toBe(refused === true);
	});
});
