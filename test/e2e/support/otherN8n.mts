/** One more n8n in a process of its own: prints its address when it is ready, stops when its standard input ends. */
import { ensureInstall } from '../../../harness/n8n/install.mts';
import { startN8n } from '../../../harness/n8n/server.mts';
import { freePort } from '../../../harness/ports.mts';
import { hostOf } from '../../../checks/hosts/hosts.mts';

const [packageDir, userFolder, port, publicUrl] = process.argv.slice(2);
const stopping = new AbortController();
process.stdin.on('end', () => stopping.abort()).resume();
const host = hostOf(process.env.E2E_HOST);
const install = await ensureInstall(() => {}, stopping.signal, host);
const n8n = await startN8n({
	install,
	packageDir,
	userFolder,
	port: Number(port),
	brokerPort: await freePort(),
	env: { ...host.env, WEBHOOK_URL: publicUrl },
	signal: stopping.signal,
});
process.stdout.write(`${n8n.url}\n`);
await new Promise((resolve) => stopping.signal.addEventListener('abort', resolve, { once: true }));
await n8n.stop();
process.exit();
