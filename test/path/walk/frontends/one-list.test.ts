import {expect, test} from 'vitest';
import type {Ingress} from '../../../../source/model/routes/ingress.ts';
import {parseTarget} from '../../../../source/path/target-text.ts';
import {walk} from '../../../../source/path/walk/walk.ts';
import {hostileShapes} from '../../../bench/hostile.ts';
import {accepted} from '../../../helpers/scenario.ts';
import {snapshotOfFile} from '../../../helpers/snapshot.ts';

test.each(['traefik.io/ingress-controller', 'k8s.io/ingress-nginx'])(
	'rules of %s are put in order once for all URLs, also where it is not known which classes there are',
	(controller) => {
		const shape = hostileShapes(0.02).find(({name}) => name.includes(`on one host, ${controller}`))!;
		const snapshot = snapshotOfFile(
			shape
				.objects()
				.map((object) => JSON.stringify(object))
				.join('\n---\n'),
		);
		let reads = 0;
		for (const ingress of snapshot.list('Ingress')) {
			counting(ingress, () => reads++);
		}

		const readsOf = (path: string): number => {
			const before = reads;
			walk(snapshot, {target: accepted(parseTarget(`http://one.example.com${path}/x`))});
			return reads - before;
		};
		expect(readsOf('/p1')).toBeGreaterThan(0);
		expect([readsOf('/p2'), readsOf('/p3')]).toEqual([0, 0]);
	},
);

/** Only putting in order reads when an Ingress was made. */
function counting(ingress: Ingress, count: () => void): void {
	const {createdAt} = ingress;
	Object.defineProperty(ingress, 'createdAt', {
		get() {
			count();
			return createdAt;
		},
	});
}
