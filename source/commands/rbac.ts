import {configMapNames, rarerConfigMaps} from '../model/kept/config-map-names.ts';
import {factsOf, groupOf, partsOfPlace, kindsThat, type Kind} from '../model/kinds.ts';
import {usualConfigMaps} from '../path/controller/settings.ts';
import type {Terminal} from './output/terminal.ts';
import type {KindFacts} from '../model/kind-facts.ts';

/** Hops rest on the needed ones: without one they are unknown. The others say who runs a controller, what a policy admits. */
const inRole = [...kindsThat(({role}) => role === 'needed'), ...kindsThat(({role}) => role === 'helpful')];

const configMaps = [
	...configMapNames,
	...rarerConfigMaps.map((place) => partsOfPlace(place).name),
	...usualConfigMaps,
];

/** `knet rbac`: the least ClusterRole that knet needs, as YAML to apply. Reads only. */
export function rbac({print}: Terminal): number {
	print(rbacText());
	return 0;
}

function rbacText(): string {
	return `# The least that knet needs: it only reads. kubectl apply -f this, then bind it:
#   kubectl create clusterrolebinding knet --clusterrole knet --user YOU
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: knet
rules:
${rulesOf(inRole)}
  # How Services and DNS are made to work, and the settings of controllers: these ConfigMaps alone. Add the names that the
  # flag --configmap of your controllers has.
  - apiGroups: [""]
    resources: [configmaps]
    resourceNames: [${configMaps.join(', ')}]
    verbs: [get, list, watch]
  # Names of the policies for Gateway API that this cluster has; without it, those that knet knows by name are read.
  # Give get, list and watch on these policies as well.
  - apiGroups: [apiextensions.k8s.io]
    resources: [customresourcedefinitions]
    verbs: [list]
  # Not needed, and not recommended: list on secrets. knet asks for their names alone, but the grant shows their data
  # to whoever has it. Without it, KNET407 (TLS Secret missing) is not said.
---
# Only for --probe: evidence through port-forwards, the pod proxy and kube-proxy's own rules. From Kubernetes 1.35
# port-forward and exec need "create".
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: knet-probe
rules:
  - apiGroups: [""]
    resources: [pods/portforward, pods/exec]
    verbs: [create, get]
  - apiGroups: [""]
    resources: [pods/proxy, services/proxy]
    verbs: [get]
`;
}

/** A kind may have several resources. */
function resourcesOf({
	plural,
	apis,
	selections = [],
}: KindFacts): readonly Pick<KindFacts, 'plural' | 'apis'>[] {
	const others = selections.flatMap(({resource}) =>
		resource ? [{plural: resource.plural, apis: [resource.api]}] : [],
	);
	return others.length > 0 ? others : [{plural, apis}];
}

function rulesOf(kinds: readonly Kind[]): string {
	const byGroup = new Map<string, string[]>();
	for (const {plural, apis} of kinds.flatMap((kind) => resourcesOf(factsOf(kind)))) {
		for (const group of new Set(apis.map(groupOf))) {
			byGroup.set(group, [...(byGroup.get(group) ?? []), plural]);
		}
	}

	return [...byGroup]
		.map(
			([group, names]) =>
				`  - apiGroups: [${group === '' ? '""' : group}]\n    resources: [${[...new Set(names)].join(', ')}]\n    verbs: [get, list, watch]`,
		)
		.join('\n');
}
