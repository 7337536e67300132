import type {Glyphs} from '../../view/text/glyphs.ts';
import {span, type Line} from '../../view/text/line.ts';

/** What the signs on the screen mean. */
export function signLines({status, here, changed, live}: Glyphs): readonly Line[] {
	return [
		[span('  Signs', 'strong', true)],
		[span(`  ${status.ok} ok`, 'ok'), span('        requests get through')],
		[span(`  ${status.degraded} degraded`, 'degraded'), span('  some do not, or soon will not')],
		[span(`  ${status.broken} broken`, 'broken'), span('    they do not')],
		[
			span(`  ${status.unknown} unknown`, 'unknown'),
			span('   knet may not read, or has not read, what decides it'),
		],
		[span(`  ${status.skipped} skipped`, 'skipped'), span('   does not apply, or lies behind the break')],
		[span(`  ${here}`, 'broken'), span('           where traffic stops, and where the cause lies')],
		[span(`  ${changed}`, 'accent'), span('           changed a moment ago')],
		[span(`  ${live}`, 'ok'), span('           the picture follows the cluster')],
	];
}
