// The built classes, for programs that import the package. n8n itself reads the "n8n" section of package.json.
const { Didit } = require('./dist/nodes/Didit/Didit.node.js');
const { DiditTrigger } = require('./dist/nodes/Didit/DiditTrigger.node.js');
const { DiditApi } = require('./dist/credentials/DiditApi.credentials.js');

module.exports = { Didit, DiditTrigger, DiditApi };
