package import Core
package import WhatsApp

extension VonageProvider {
    /// Files are at `https://api-<region>.nexmo.com` or `.vonage.com`, or, for a channel with an address of its own,
    /// there. Vonage documents the application's token for them; a channel without one asks without credentials.
    package func mediaRequest(for media: MediaReference, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest {
        var request = try WebOrigin.mediaRequest(for: media, below: ["nexmo.com", "vonage.com"], base: line.baseURL)
        if let token = try bearer(line.credentials, at: now) { request.headers["authorization"] = token }
        return request
    }
}
