import {expect, test} from 'vitest';
import {playedSource} from '../../../source/commands/data-source/recording-data-source.ts';
import {readRecording} from '../../../source/feeds/recording/read-recording.ts';
import {createRecorder} from '../../../source/feeds/recording/recorder.ts';
import {kindsThat} from '../../../source/model/kinds.ts';
import {playbackTime, type PlayRequest} from '../../../source/model/playback.ts';
import {createSession} from '../../../source/session/create-session.ts';
import {applyObjects} from '../../../source/feeds/file/apply-objects.ts';
import {parseObjects} from '../../../source/feeds/file/parse-objects.ts';
import {manualClock} from '../../helpers/manual-clock.ts';
import {apiDown, apiUp, shopYaml} from '../../session/cluster.ts';

const recordedAt = Date.UTC(2026, 2, 14, 2, 30);
const playedAt = Date.UTC(2026, 5, 1);

/** The API broke after 10 s, was well after 20 s and broke after ten minutes. */
function recorded() {
	const lines: string[] = [];
	let now = recordedAt;
	const recorder = createRecorder({
		writer: {apply() {}, observe() {}},
		write: (line) => void lines.push(line),
		clock: () => now,
		metadata: {knetVersion: '0.0.0', context: 'prod'},
	});
	for (const kind of kindsThat((facts) => facts.recorded)) {
		recorder.apply({type: 'init', kind});
		recorder.apply({type: 'init-done', kind});
	}

	applyObjects(recorder, parseObjects(shopYaml, 'shop.yaml'));
	for (const [seconds, yaml] of [
		[10, apiDown],
		[20, apiUp],
		[600, apiDown],
	] as const) {
		now = recordedAt + seconds * 1000;
		applyObjects(
			{
				apply: (event) => event.type === 'init-apply' && recorder.apply({...event, type: 'apply'}),
				observe() {},
			},
			parseObjects(yaml, 'change.yaml'),
		);
	}

	return readRecording(`${lines.join('\n')}\n`, 'a.knetrec');
}

function replayed() {
	const machine = manualClock(playedAt);
	const {dataSource, clock} = playedSource(recorded(), {
		name: 'a.knetrec',
		namespace: 'shop',
		clock: machine,
	});
	const session = createSession({
		dataSource,
		clock,
		namespace: 'shop',
		contexts: [],
		open: () => Promise.reject(new Error('none')),
	});
	const seen = (seconds: number) => {
		machine.advance(seconds * 1000);
		const {entries, playback} = session.getState();
		return [
			(playbackTime(playback!, machine.now()) - recordedAt) / 1000,
			entries.find(({title}) => title === 'svc/api:80')?.verdict,
		];
	};
	const ask = (request: PlayRequest) => {
		session.dispatch({type: 'play', request});
		return seen(0.5);
	};
	return {session, seen, ask};
}

test('a recording plays in its own time, with its own clock; long pauses are cut', () => {
	const {seen, session} = replayed();
	expect(seen(1)).toEqual([1, 'ok']);
	expect(session.getState().at - recordedAt).toBeLessThanOrEqual(1000);
	expect(seen(1.5)).toEqual([2.5, 'ok']);
	expect(seen(0.5)).toEqual([10, 'broken']);
	expect(seen(0.5)).toEqual([10.5, 'broken']);
	expect(seen(3)).toEqual([20.5, 'ok']);
	expect(seen(3)).toEqual([600, 'broken']);
	expect(seen(60)).toEqual([600, 'broken']);
});

test('it stops and goes on; steps go from change to change, both ways, and stand', () => {
	const {seen, ask} = replayed();
	expect(seen(1)).toEqual([1, 'ok']);
	expect(ask('pause')).toEqual([1, 'ok']);
	expect(seen(100)).toEqual([1, 'ok']);
	expect(ask('step-forward')).toEqual([10, 'broken']);
	expect(ask('step-forward')).toEqual([20, 'ok']);
	expect(ask('step-back')).toEqual([10, 'broken']);
	expect(ask('step-back')).toEqual([0, 'ok']);
	expect(ask('step-back')).toEqual([0, 'ok']);
	expect(seen(100)).toEqual([0, 'ok']);
	expect(ask('pause')).toEqual([0.5, 'ok']);
});

test('it goes to any time, and plays on from there as fast as asked', () => {
	const {ask, seen, session} = replayed();
	seen(1);
	session.dispatch({type: 'select', target: 'svc/shop/api:80'});
	expect(ask({seek: recordedAt + 100_000})).toEqual([100.5, 'ok']);
	expect(ask({seek: recordedAt + 15_000})).toEqual([15.5, 'broken']);
	expect(session.getState()).toMatchObject({namespace: 'shop', selected: {trace: {verdict: 'broken'}}});
	expect(ask({speed: 4})).toEqual([17.5, 'broken']);
	expect(seen(0.7)).toEqual([20.3, 'ok']);
	expect(ask({seek: recordedAt + 10 ** 9})).toEqual([600, 'broken']);
	expect(ask({seek: 0})).toEqual([expect.any(Number), 'ok']);
});
