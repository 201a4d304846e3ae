/** Version 1's token exchange. Every exchange gives a new token, and the earlier ones stay valid until their end. */
import { randomBytes } from 'node:crypto';
import { type Resource } from '../pipeline.mts';
import { now } from '../../model/state.mts';

export const token: Resource = {
	version: 'v1',
	handlers: {
		'token.create': ({ state }) => {
			const lifetime = state.settings.tokenLifetime;
			const access_token = `sandbox-token.${randomBytes(24).toString('base64url')}`;
			state.tokens.set(access_token, now(state) + lifetime * 1000);
			const iat = Math.floor(now(state) / 1000);
			return {
				status: 200,
				body: {
					iss: 'https://didit.me',
					iat,
					sub: state.applicationId,
					client_id: state.credentials.clientId,
					organization_id: state.organizationId,
					expires_in: lifetime,
					exp: iat + lifetime,
					access_token,
				},
			};
		},
	},
};
