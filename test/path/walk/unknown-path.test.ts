import {expect, test} from 'vitest';
import type {KindState} from '../../../source/model/snapshot.ts';
import {unknownPath} from '../../../source/path/walk/unknown-path.ts';

function summaryOf(state: KindState): string | undefined {
	const {hops} = unknownPath('http://app.example.com/', {
		hop: 'route',
		kind: 'Ingress',
		namespace: 'shop',
		state,
	});
	return hops.find(({kind}) => kind === 'route')?.summary;
}

test('a list that is still to come is not told as one that is refused', () => {
	expect(summaryOf({state: 'connecting'})).toBe('Ingress objects not read yet');
	// Nothing comes any more.
	expect(summaryOf({state: 'connecting', waited: 10})).toBe('Ingress objects cannot be read');
	expect(summaryOf({state: 'not-watched'})).toBe('Ingress objects not read yet');
	expect(summaryOf({state: 'forbidden', group: '', resource: 'ingresses', reason: 'no'})).toBe(
		'Ingress objects cannot be read',
	);
});
