import {PassThrough} from 'node:stream';
import {expect, test} from 'vitest';
import {oneWritePerFrame} from '../../../source/ui/terminal/one-write.ts';

function terminal() {
	const written: string[] = [];
	const stdout = Object.assign(new PassThrough(), {
		columns: 80,
		rows: 24,
		isTTY: true,
	}) as unknown as NodeJS.WriteStream;
	stdout.write = (chunk: string | Uint8Array) => {
		written.push(String(chunk));
		return true;
	};
	return {written, stdout, wrapped: oneWritePerFrame(stdout)};
}

test('writes a frame at once', () => {
	const {written, wrapped} = terminal();
	wrapped.write('\u001B[?2026h');
	wrapped.write('hello');
	wrapped.write('\u001B[?2026l');
	expect(written).toEqual(['\u001B[?2026hhello\u001B[?2026l']);
});

test('writes everything else as it comes', () => {
	const {written, wrapped} = terminal();
	wrapped.write('a');
	wrapped.write('b');
	expect(written).toEqual(['a', 'b']);
});

test('is the terminal in every other way', () => {
	const {stdout, wrapped} = terminal();
	let resized = 0;
	wrapped.on('resize', () => resized++);
	stdout.emit('resize');
	Object.assign(stdout, {columns: 100});
	expect([resized, wrapped.columns, wrapped.isTTY]).toEqual([1, 100, true]);
});
