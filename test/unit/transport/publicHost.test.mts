// Which hosts count as reachable from the internet, for media links and for the trigger's own address alike.
import { isIpAddress, isPublicHost } from '../../../nodes/Didit/transport/publicHost.ts';
import { isLinear } from '../../support/processorTime.mts';

const hostOf = (host: string) => new URL(`https://${host}/`).hostname;

it.each([
	'n8n.example.com',
	'n8n.example.com.',
	'verification.didit.me',
	'service-didit.s3.eu-west-1.amazonaws.com',
	'local.example.com',
	'corp-n8n.de',
	'müller.example.org',
	'100.example.com',
	'8.8.8.8',
	'100.63.255.255',
	'100.128.0.1',
	'172.32.0.1',
	'192.169.0.1',
	'[2606:4700:4700::1111]',
	'[2a01:4f8::1]',
	...['9.255.255.255', '11.0.0.1', '126.0.0.1', '128.0.0.1', '223.255.255.255', '1.0.0.1'],
	...['99.64.0.1', '101.100.0.1', '169.253.1.1', '169.255.1.1', '168.254.1.1', '170.254.1.1'],
	...['172.15.0.1', '171.16.0.1', '173.31.0.1', '192.167.0.1', '191.168.0.1', '193.168.0.1'],
	...['192.0.1.1', '192.0.3.1', '192.1.0.1', '192.1.2.1', '191.0.0.1', '198.17.0.1'],
	...['198.20.0.1', '197.18.0.1', '199.19.0.1', '198.51.99.1', '198.50.100.1', '197.51.100.1'],
	...['203.0.112.1', '203.1.113.1', '202.0.113.1', '198.51.101.1', '203.0.114.1'],
	'[3fff::1]',
	'[2001:db9::1]',
	'[2001:1::1]',
	'[2003::1]',
])('%s can be reached', (host) => expect(isPublicHost(hostOf(host))).toBe(true));

it.each([
	'localhost',
	'n8n',
	'n8n.',
	'n8n..',
	'n8n.local',
	'N8N.LAN',
	'n8n.example.lan',
	'n8n.home',
	'n8n.intranet',
	'n8n.home.arpa',
	'n8n.default.svc',
	'n8n.default.svc.cluster.local',
	'n8n.service.consul',
	'n8n.corp',
	'n8n.localdomain',
	'n8n.private',
	'n8n.internal',
	'n8n.internal.',
	'app.localhost',
	'n8n.fritz.box',
	'n8n.test',
	'0.0.0.0',
	'10.1.2.3',
	'127.0.0.1',
	'127.1',
	'2130706433',
	'0x7f.1',
	'100.64.1.2',
	'100.127.255.255',
	'169.254.169.254',
	'172.16.0.1',
	'172.31.255.255',
	'192.168.1.5',
	'198.18.0.1',
	...['198.19.255.255', '192.0.0.1', '192.0.2.1', '198.51.100.1', '203.0.113.1', '240.0.0.1'],
	'[4000::1]',
	'[1fff::1]',
	'[2000::1]'.replace('2000', '200'),
	'224.0.0.1',
	'255.255.255.255',
	'10.1.2.3.',
	'[::1]',
	'[::]',
	'[::ffff:10.0.0.1]',
	'[::ffff:8.8.8.8]',
	'[fc00::1]',
	'[fd12:3456::1]',
	'[fe80::1]',
	'[64:ff9b::a00:1]',
	'[2002:a00:1::]',
	'[2001:0:4136:e378::1]',
	'[2001::1]',
	'[2001:db8::1]',
	'[ff02::1]',
])('%s cannot [T315]', (host) => expect(isPublicHost(hostOf(host))).toBe(false));

it('tells addresses from names', () => {
	expect(['8.8.8.8', '8.8.8.8.', '[2a01:4f8::1]', '127.1'].map(hostOf).every(isIpAddress)).toBe(
		true,
	);
	expect(['8.example.com', 'n8n', '8.8.8.8.nip.io'].map(hostOf).some(isIpAddress)).toBe(false);
});

it('takes linear time at most for a host of dots', () => {
	const hosts: Array<(size: number) => string> = [
		(size) => '.'.repeat(size),
		(size) => `${'a.'.repeat(size / 2)}local`,
	];
	for (const host of hosts) {
		expect(isPublicHost(host(100_000))).toBe(false);
		expect(isLinear(isPublicHost, host(100_000), host(800_000))).toBe(true);
	}
});
