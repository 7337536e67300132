import type {Pin} from '../model/pin.ts';
import type {SessionState, SourceInfo} from '../session/state.ts';
import type {UiState} from './state.ts';

const none: readonly Pin[] = [];

/** Entries that stay on top here. */
export function pinsOf(
	{pins}: Pick<UiState, 'pins'>,
	{source}: Pick<SessionState, 'source'>,
): readonly Pin[] {
	return pins[pinPlace(source)] ?? none;
}

/** Pins belong to a cluster; those of a file, a recording or the demo are not kept. */
export function pinPlace({kind, context, server}: SourceInfo): string {
	return kind === 'live' ? context || server || '' : '';
}
