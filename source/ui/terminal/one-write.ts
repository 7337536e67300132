import {createChangedCells} from './changed-cells.ts';
import {askModes, leaveModes} from './modes.ts';

const beginFrame = '\u001B[?2026h';
const endFrame = '\u001B[?2026l';

const enterScreen = '\u001B[?1049h';
const leaveScreen = '\u001B[?1049l';
const home = '\u001B[H';

/** Shows or hides the cursor, asks for pastes or for the focus: draws nothing. */
// eslint-disable-next-line no-control-regex
const modes = /^(?:\u001B\[\?(?:25|1004|2004)[hl])*$/u;

/** Ink also leaves the alternate screen when a signal comes, or while another program has the terminal: the modes are set and reset with it. */
function withModes(chunk: string | Uint8Array): string | Uint8Array {
	if (chunk === leaveScreen) {
		return `${leaveModes}${chunk}`;
	}

	// The cursor stays where it was, behind a prompt or keys typed ahead; Ink draws from the first column.
	return chunk === enterScreen ? `${chunk}${home}${askModes}` : chunk;
}

/** A terminal that gets each frame in one write: Ink writes three, which are three packets over SSH. Of it only the columns that changed. */
export function oneWritePerFrame(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
	let frame: string | undefined;
	let size = '';
	const changed = createChangedCells();

	function write(chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean {
		if (chunk === beginFrame) {
			frame = '';
		}

		if (frame === undefined || typeof chunk !== 'string') {
			if (!modes.test(String(chunk))) {
				changed.forget();
			}

			return (stdout.write as (...given: readonly unknown[]) => boolean)(withModes(chunk), ...rest);
		}

		if (chunk !== beginFrame && chunk !== endFrame) {
			frame += chunk;
		}

		if (chunk !== endFrame) {
			return true;
		}

		const before = size;
		size = `${stdout.columns} ${stdout.rows}`;
		if (size !== before) {
			changed.forget();
		}

		const text = changed.shorten(frame);
		frame = undefined;
		return text === '' || stdout.write(`${beginFrame}${text}${endFrame}`);
	}

	return new Proxy(stdout, {
		get(target, property) {
			if (property === 'write') {
				return write;
			}

			const value: unknown = Reflect.get(target, property, target);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
}
