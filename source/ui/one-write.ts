const beginFrame = '\u001B[?2026h';
const endFrame = '\u001B[?2026l';

/** A terminal that gets each frame in one write: Ink writes three, which are three packets over SSH. */
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

		const whole = frame;
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
