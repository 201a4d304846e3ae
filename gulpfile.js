const { src, dest } = require('gulp');

// Copies the icons beside the built classes. Gulp 5 reads files as text by default, which damages images: read bytes.
function buildIcons() {
	return src('{nodes,credentials}/**/*.{png,svg}', { encoding: false }).pipe(dest('dist'));
}

exports['build:icons'] = buildIcons;
exports.default = buildIcons;
