/**
 * Loaded into the n8n process before n8n: ends n8n in order when the program that started it is gone, however it went.
 * Without it, a killed demo or test run would leave an n8n behind that keeps its port.
 */
const starter = process.ppid;
setInterval(() => {
	if (process.ppid !== starter) process.kill(process.pid, 'SIGTERM');
}, 1_000).unref();
