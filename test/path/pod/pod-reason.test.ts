import {expect, test} from 'vitest';
import {podReason} from '../../../source/path/pod/pod-reason.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {pod} from '../endpoints/objects.ts';

function reasonOf(options: Parameters<typeof pod>[1]): string | undefined {
	const found = snapshotOf(pod('web-1', options)).get('Pod', 'shop', 'web-1');
	return found && podReason(found);
}

const init = (states: string): Parameters<typeof pod>[1] => ({
	ready: false,
	phase: 'Pending',
	state: '{waiting: {reason: PodInitializing}}',
	spec: 'initContainers: [{name: one, image: x}, {name: two, image: x}]',
	conditions: "- {type: Initialized, status: 'False'}",
	status: `initContainerStatuses: ${states}`,
});

test.each([
	['is undefined for a ready pod', {}, undefined],
	['is NotReady where kubectl says Running', {ready: false}, 'NotReady'],
	[
		'names what a container waits for',
		{ready: false, state: '{waiting: {reason: ImagePullBackOff}}'},
		'ImagePullBackOff',
	],
	[
		'names how a container ended',
		{ready: false, state: '{terminated: {exitCode: 137, reason: OOMKilled}}'},
		'OOMKilled',
	],
	['falls back to the exit code', {ready: false, state: '{terminated: {exitCode: 3}}'}, 'ExitCode:3'],
	['is the phase before there are containers', {ready: false, phase: 'Pending', state: '{}'}, 'Pending'],
	[
		'is the reason of the status',
		{ready: false, phase: 'Failed', state: '{}', status: 'reason: Evicted'},
		'Evicted',
	],
	['is Terminating once deletion was asked for', {deleted: true}, 'Terminating'],
	['is Unknown when its node was lost', {deleted: true, status: 'reason: NodeLost'}, 'Unknown'],
	[
		'counts init containers',
		init('[{name: one, state: {terminated: {exitCode: 0}}}, {name: two, state: {running: {}}}]'),
		'Init:1/2',
	],
	[
		'names what an init container waits for',
		init('[{name: one, state: {waiting: {reason: CrashLoopBackOff}}}]'),
		'Init:CrashLoopBackOff',
	],
	[
		'names how an init container ended',
		init('[{name: one, state: {terminated: {exitCode: 1}}}]'),
		'Init:ExitCode:1',
	],
] as const)('%s', (_, options, reason) => {
	expect(reasonOf(options)).toBe(reason);
});
