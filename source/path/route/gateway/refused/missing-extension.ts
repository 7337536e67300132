import {isKnown, type Snapshot} from '../../../../model/snapshot.ts';
import type {ObjectRef} from '../../../../model/ref.ts';
import type {Candidate} from '../../../../rules/gateway-api/candidate.ts';
import type {GatewayProfile} from '../../../../rules/gateway-api/profile.ts';
import {extensionOf} from '../../../../rules/gateway-api/refs-word.ts';
import type {Selection} from '../../../../rules/gateway-api/select.ts';
import {objectField, type Finding, finding} from '../../../finding.ts';
import {gatewayRouteFindings} from '../catalogue.ts';
import {describeRoute, routeOf} from './refusal-findings.ts';

/** What an ExtensionRef of the rule names, is not there, and leaves the rule out: its status says nothing of it. */
export function missingExtension(
	snapshot: Snapshot,
	{rule, route}: Candidate,
	{neededExtensions}: GatewayProfile,
): ObjectRef | undefined {
	return rule.filters.flatMap(extensionOf).find(({kind, name}) => {
		const needed = neededExtensions.find((each) => each === kind);
		return (
			needed !== undefined &&
			isKnown(snapshot.state(needed, route.namespace)) &&
			snapshot.get(needed, route.namespace, name) === undefined
		);
	});
}

/** KNET428 for it. Another rule may take the request, which knet does not follow. */
export function missingExtensionFindings(
	snapshot: Snapshot,
	{winner, losers}: Pick<Selection, 'losers'> & {readonly winner: Candidate},
	profile: GatewayProfile,
): readonly Finding[] {
	const missing = missingExtension(snapshot, winner, profile);
	if (!missing) {
		return [];
	}

	const {ruleIndex, route} = winner;
	const {kind, name} = missing;
	return [
		finding(gatewayRouteFindings.routePartiallyInvalid, {
			severity: 'error',
			undecided: losers.some(({matched}) => matched) || undefined,
			message: `Rule ${ruleIndex} of ${routeOf(winner)} names ${kind} ${name}, which does not exist: the rule is left out.`,
			evidence: [
				objectField(
					{kind: route.routeKind, namespace: route.namespace, name: route.name},
					`spec.rules[${ruleIndex}].filters[].extensionRef.name`,
					name,
				),
			],
			remedy: `Create ${kind} ${name} in namespace ${route.namespace}, or remove the filter.`,
			command: describeRoute(winner),
		}),
	];
}
