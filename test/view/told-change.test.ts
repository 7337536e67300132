import {expect, test} from 'vitest';
import {unicodeGlyphs} from '../../source/view/text/glyphs.ts';
import {changeText} from '../../source/view/told-change.ts';

test.each([
	['parents[0].conditions[BackendsAvailable]', 'BackendsAvailable True → False'],
	['conditions[Programmed]', 'Programmed True → False'],
	['listenerStatus[http].attachedRoutes', 'listenerStatus[http].attachedRoutes True → False'],
	['conditions[Ready].reason', 'conditions[Ready].reason True → False'],
])('of %s a line says %s', (path, words) => {
	const object = {kind: 'HTTPRoute', namespace: 'shop', name: 'web'} as const;
	const fields = [{path, was: 'True', is: 'False'}];
	expect(changeText({id: 1, object, type: 'changed', at: 0, fields}, unicodeGlyphs, 'shop')).toBe(
		`HTTPRoute web  ${words}`,
	);
});
