import {expect, test} from 'vitest';
import {recordingName} from '../../../source/session/past/save-recording.ts';

const at = Date.UTC(2026, 2, 14, 2, 57);

test.each([
	['prod', 'knet-prod-2026-03-14T02-57-00.knetrec'],
	['knet-demo', 'knet-demo-2026-03-14T02-57-00.knetrec'],
	['knet', 'knet-2026-03-14T02-57-00.knetrec'],
	['knetwork', 'knet-knetwork-2026-03-14T02-57-00.knetrec'],
	['admin@prod/eu', 'knet-admin-prod-eu-2026-03-14T02-57-00.knetrec'],
	[undefined, 'knet-2026-03-14T02-57-00.knetrec'],
])('a recording of the context %s is named %s', (context, name) => {
	expect(recordingName(context, at)).toBe(name);
});
