const beginFrame = '\u001B[?2026h';
const endFrame = '\u001B[?2026l';

const lineDown = '\u001B[E';
const linesDown = /(?:\u001B\[E){2,}/g;

/** A terminal that gets each frame in one write: Ink writes three, which are three packets over SSH. Steps over unchanged rows become one. */
export function oneWritePerFrame(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
	let frame: string | undefined;
	function write(chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean {
		if (chunk === beginFrame) {
			frame = '';
		}

		if (frame === undefined || typeof chunk !== 'string') {
			return (stdout.write as (...given: readonly unknown[]) => boolean)(chunk, ...rest);
		}

		frame += chunk;
		if (chunk !== endFrame) {
			return true;
		}

		const whole = frame.replaceAll(linesDown, (run) => `\u001B[${run.length / lineDown.length}E`);
		frame = undefined;
		return stdout.write(whole);
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
