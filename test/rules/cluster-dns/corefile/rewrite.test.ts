import {expect, test} from 'vitest';
import {rewriteOf, rewritten} from '../../../../source/rules/cluster-dns/corefile/rewrite.ts';

/** The tables of coredns/coredns, plugin/rewrite/{name,rewrite}_test.go: a rule, the name that is asked for, and the name that goes on. */
const rows = `
name prefix foo bar                                                                       foo.example.com.               bar.example.com.
name prefix foo. bar.                                                                     foo.example.com.               bar.example.com.
stop name prefix foo bar                                                                  coredns.foo.                   coredns.foo.
name prefix foo bar answer auto                                                           foo.example.com.               bar.example.com.
name suffix com org                                                                       foo.example.com.               foo.example.org.
name suffix .com .org                                                                     foo.example.com.               foo.example.org.
name suffix com org.                                                                      com.coredns.                   com.coredns.
name suffix .ingress.coredns.rocks nginx.coredns.rocks                                    coredns.ingress.coredns.rocks. corednsnginx.coredns.rocks.
name substring service svc                                                                com.coredns.                   com.coredns.
name substring sub.com sub.org                                                            a.sub.com.                     a.sub.org.
continue name exact coredns.rocks service.consul answer auto                              coredns.rocks.                 service.consul.
name exact coredns.org. service.consul.                                                   coredns.rocks.                 coredns.rocks.
name from.nl. to.nl.                                                                      from.nl.                       to.nl.
name exact from.nl. to.nl.                                                                sub.from.nl.                   sub.from.nl.
name regex (.*).coredns.rocks {1}.coredns.maps answer auto                                foo.coredns.rocks.             foo.coredns.maps.
name regex (h)\\.(be)\\.(nl) {1}.{2}.{3}                                                   h.be.nl.                       h.be.nl.
name regex (.*)\\.(cluster)\\.local\\. {2}.{1}.local.                                    a.cluster.local.               cluster.a.local.
name EXACT a.example. b.example.                                                          a.example.                     b.example.
`;

test.each(rows.trim().split('\n'))('%s', (row) => {
	const words = row.trim().split(/\s+/u);
	const [asked = '', goesOn = ''] = words.slice(-2);
	const rule = rewriteOf({name: 'rewrite', args: words.slice(0, -2), lines: []});
	expect(rule).toBeTypeOf('object');
	expect(typeof rule === 'object' && rewritten([rule], asked)).toBe(goesOn);
});

test.each(['type ANY HINFO', 'name fuzzy a b', 'name onlyone', 'class CH IN', 'rcode SERVFAIL NOERROR'])(
	'%s is not followed',
	(text) => {
		expect(rewriteOf({name: 'rewrite', args: text.split(' '), lines: []})).toBeUndefined();
	},
);
