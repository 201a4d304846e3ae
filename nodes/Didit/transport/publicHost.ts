// Whether a host can be reached from the internet, as far as its name tells. Only a resolver sees where a public name leads.

/** Endings of names that only private networks resolve, and those that the DNS reserves for no one. */
const PRIVATE_ENDINGS = [
	'local localhost localdomain internal intranet private corp home lan svc consul',
	'home.arpa fritz.box test example invalid onion alt',
]
	.join(' ')
	.split(' ')
	.map((ending) => `.${ending}`);

/** IPv4 networks that no one on the internet can reach, as the first octets and, where it matters, the range of the next one. */
const PRIVATE_NETWORKS: Array<(first: number, second: number, third: number) => boolean> = [
	(first) => first === 0 || first === 10 || first === 127 || first >= 224,
	(first, second) => first === 100 && second >= 64 && second <= 127,
	(first, second) => first === 169 && second === 254,
	(first, second) => first === 172 && second >= 16 && second <= 31,
	(first, second) => first === 192 && second === 168,
	(first, second, third) => first === 192 && second === 0 && (third === 0 || third === 2),
	(first, second) => first === 198 && (second === 18 || second === 19),
	(first, second, third) => first === 198 && second === 51 && third === 100,
	(first, second, third) => first === 203 && second === 0 && third === 113,
];

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

/** The global addresses of IPv6 (2000::/3), without those that carry an IPv4 address or stand in documentation. */
const isPublicIpv6 = (host: string) =>
	/^\[[23][0-9a-f]{3}:/.test(host) && !/^\[(2002|2001:0?|2001:db8):/.test(host);

/** A host with one dot at its end is the same host. */
const withoutRoot = (host: string) => (host.endsWith('.') ? host.slice(0, -1) : host);

/** @param hostname as `URL` gives it: in lower case, IPv4 as four numbers, IPv6 in brackets */
export function isIpAddress(hostname: string): boolean {
	return hostname.startsWith('[') || IPV4.test(withoutRoot(hostname));
}

/** @param hostname as `URL` gives it: in lower case, IPv4 as four numbers, IPv6 in brackets */
export function isPublicHost(hostname: string): boolean {
	if (hostname.startsWith('[')) return isPublicIpv6(hostname);
	const host = withoutRoot(hostname);
	const labels = host.split('.');
	if (labels.length < 2 || labels.includes('')) return false;
	if (IPV4.test(host)) {
		const [first, second, third] = labels.map(Number);
		return !PRIVATE_NETWORKS.some((isPrivate) => isPrivate(first, second, third));
	}
	return !PRIVATE_ENDINGS.some((ending) => host.endsWith(ending));
}
