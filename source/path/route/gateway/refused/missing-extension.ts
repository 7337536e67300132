import {isKnown, type Snapshot} from '../../../../model/snapshot.ts';
import {refOf, type ObjectRef} from '../../../../model/ref.ts';
import type {Candidate} from '../../../../rules/gateway-api/candidate.ts';
import type {GatewayProfile} from '../../../../rules/gateway-api/profile.ts';
import {extensionOf} from '../../../../rules/gateway-api/refs-word.ts';
import type {Selection} from '../../../../rules/gateway-api/select.ts';
import {objectField, type Finding, finding} from '../../../finding.ts';
import {gatewayRouteFindings} from '../catalogue.ts';
import {describeRoute, routeOf} from './refusal-findings.ts';

/** The object that a filter or a backendRef of the rule names and that does not exist: the controller leaves the rule out, and its status is silent. */
export function missingExtension(
	snapshot: Snapshot,
	{rule, route}: Candidate,
	{neededExtensions}: GatewayProfile,
): ObjectRef | undefined {
	const named = [...rule.filters.flatMap(extensionOf), ...rule.backendRefs];
	return named.find(({kind, name, namespace = route.namespace}) => {
		const needed = neededExtensions.find((each) => each === kind);
		return (
			needed !== undefined &&
			// `api@internal` and its like are of other providers.
			!name.includes('@') &&
			isKnown(snapshot.state(needed, namespace)) &&
			snapshot.get(needed, namespace, name) === undefined
		);
	});
}

/** KNET428 for it. Another rule may take the request, which knet does not follow. */
export function missingExtensionFindings(
	{winner, losers}: Pick<Selection, 'losers'> & {readonly winner: Candidate},
	missing: ObjectRef | undefined,
): readonly Finding[] {
	if (!missing) {
		return [];
	}

	const {rule, ruleIndex, route} = winner;
	const {kind, name, namespace = route.namespace} = missing;
	const isFilter = rule.filters.flatMap(extensionOf).includes(missing);
	return [
		finding(gatewayRouteFindings.routePartiallyInvalid, {
			severity: 'error',
			undecided: losers.some(({matched}) => matched) || undefined,
			message: `Rule ${ruleIndex} of ${routeOf(winner)} names ${kind} ${name}, which does not exist: the rule is left out.`,
			evidence: [
				objectField(
					refOf(route.routeKind, route),
					`spec.rules[${ruleIndex}].${isFilter ? 'filters[].extensionRef' : 'backendRefs[]'}.name`,
					name,
				),
			],
			remedy: `Create ${kind} ${name} in namespace ${namespace}, or do not name it.`,
			command: describeRoute(winner),
		}),
	];
}
