import {expect, test} from 'vitest';
import {parse, stringify} from 'yaml';
import {shownObject} from '../../../source/commands/objects/shown-object.ts';
import type {Wire} from '../../../source/projection/wire.ts';

const shown = (yaml: string): string => stringify(shownObject(parse(yaml) as Wire), {lineWidth: 0});

test('annotations keep their names, not what is secret in them', () => {
	expect(
		shown(`kind: Ingress
metadata:
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"password":"hunter2"}'
    nginx.ingress.kubernetes.io/configuration-snippet: set $token "hunter2";
    nginx.ingress.kubernetes.io/auth-url: https://nora:hunter2@auth.example.com/?token=hunter2&rd=x
    vault.hashicorp.com/agent-inject-token: hunter2
    nginx.ingress.kubernetes.io/canary-by-cookie: beta
    nginx.ingress.kubernetes.io/auth-secret: shop/users
    nginx.ingress.kubernetes.io/rewrite-target: /$2
spec: {tls: [{secretName: web-tls}]}
`),
	).toBe(`kind: Ingress
metadata:
  annotations:
    nginx.ingress.kubernetes.io/configuration-snippet: (hidden)
    nginx.ingress.kubernetes.io/auth-url: https://auth.example.com/?token=(hidden)&rd=x
    vault.hashicorp.com/agent-inject-token: (hidden)
    nginx.ingress.kubernetes.io/canary-by-cookie: beta
    nginx.ingress.kubernetes.io/auth-secret: shop/users
    nginx.ingress.kubernetes.io/rewrite-target: /$2
spec:
  tls:
    - secretName: web-tls
`);
});

test('a container keeps its flags, variables and probe, not the secrets among them', () => {
	expect(
		shown(`spec:
  containers:
    - args: [--listen=:8080, --password, hunter2, -phunter2, -port=8080, -p8080, --api-key=hunter2, "--header=Authorization: Bearer hunter2hunter", "postgres://nora:hunter2@db/shop", PASSWORD=hunter2]
      env:
        - {name: DB_PASSWORD, value: hunter2}
        - {name: DATABASE_URL, value: "postgres://nora:hunter2@db/shop"}
        - {name: TOKEN, valueFrom: {secretKeyRef: {name: api, key: token}}}
        - {name: LOG_LEVEL, value: debug}
      readinessProbe: {httpGet: {path: "/healthz?token=hunter2", httpHeaders: [{name: Cookie, value: session=hunter2}, {name: X-Auth, value: hunter2}, {name: Host, value: web}]}}
`),
	).toBe(`spec:
  containers:
    - args:
        - --listen=:8080
        - --password
        - (hidden)
        - (hidden)
        - -port=8080
        - -p8080
        - --api-key=(hidden)
        - "--header=Authorization: Bearer (hidden)"
        - postgres://db/shop
        - PASSWORD=(hidden)
      env:
        - name: DB_PASSWORD
          value: (hidden)
        - name: DATABASE_URL
          value: postgres://db/shop
        - name: TOKEN
          valueFrom:
            secretKeyRef:
              name: api
              key: token
        - name: LOG_LEVEL
          value: debug
      readinessProbe:
        httpGet:
          path: /healthz?token=(hidden)
          httpHeaders:
            - name: Cookie
              value: (hidden)
            - name: X-Auth
              value: (hidden)
            - name: Host
              value: web
`);
});

test('a Corefile is shown without the key of its plugin tsig', () => {
	expect(
		shown('data: {Corefile: ".:53 {\\n  tsig {\\n    secret key. hunter2=\\n  }\\n}\\n", password: hunter2}'),
	).toBe(`data:
  Corefile: |
    .:53 {
      tsig {
        secret key. (hidden)
      }
    }
  password: (hidden)
`);
});

test('what a shell or a file of settings sets is hidden by its name, a header of a rule as well', () => {
	expect(
		shown(`spec:
  command: [sh, -c, "export DB_PASSWORD=hunter2 API_KEY='hunter 2' LEVEL=debug; exec ./web --cookie_path=/"]
  headers: {request: {set: {x-api-key: hunter2, x-team: shop}}}
  match: [{headers: {x-token: {exact: hunter2}}}]
  customRequestHeaders: {X-Session-Token: hunter2}
data: {application.properties: "db.password=hunter2\\nstickiness.lb_cookie.duration_seconds=60\\n"}
`),
	).toBe(`spec:
  command:
    - sh
    - -c
    - export DB_PASSWORD=(hidden) API_KEY=(hidden) LEVEL=debug; exec ./web --cookie_path=/
  headers:
    request:
      set:
        x-api-key: (hidden)
        x-team: shop
  match:
    - headers:
        x-token: (hidden)
  customRequestHeaders:
    X-Session-Token: (hidden)
data:
  application.properties: |
    db.password=(hidden)
    stickiness.lb_cookie.duration_seconds=60
`);
});

test('a text of empty lines is shown as quickly as any other', () => {
	expect(shownObject({data: {Corefile: '\n'.repeat(1_000_000)}})).toHaveProperty(
		'data.Corefile.length',
		1_000_000,
	);
});

test.each([
	'?',
	'eyJ-',
	'-pa',
	'password ',
	'DB_PASSWORD',
	'secret a ',
	'\n',
	'export ',
	'=',
	'"',
	"'",
	': ',
	'//a@',
])('half a million characters of %j are read once', (piece) => {
	const hostile = piece.repeat(Math.ceil(500_000 / piece.length));
	const object = {
		metadata: {annotations: {note: hostile}},
		data: {Corefile: hostile},
		spec: {args: [hostile, `--x=${hostile}`], env: [{name: hostile, value: hostile}]},
	};
	expect(Object.keys(shownObject(object))).toEqual(['metadata', 'data', 'spec']);
});
