import {blankState} from '../../session/blank-state.ts';
import type {SessionState, SourceInfo} from '../../session/state.ts';
import type {SessionRequest} from './open-data-source.ts';

/** What the screen shows until the worker has opened what is asked for. */
export function openingState(request: SessionRequest, at: number): SessionState {
	return {...blankState(sourceOf(request), [], at), isOpening: true, traceOptions: {}};
}

/** As far as the flags say. */
function sourceOf({flags, demo, guide, recording}: SessionRequest): SourceInfo {
	if (demo !== undefined) {
		return {kind: 'demo', guide};
	}

	if (recording !== undefined) {
		return {kind: 'recording', files: [recording]};
	}

	const {filename: files, context} = flags;
	return files ? {kind: 'file', files} : {kind: 'live', context};
}
