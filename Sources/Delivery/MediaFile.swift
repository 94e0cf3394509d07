package import NIOCore

/// A file on its way.
package struct MediaFile: Sendable {
    /// What the provider says it is; not to be trusted.
    package let type: String?
    /// Hands over the file piece by piece. Throws when it is larger than `MediaFetcher.largest`, takes too long or breaks off.
    package let read: @Sendable (_ piece: (ByteBuffer) async throws -> Void) async throws -> Void
}
