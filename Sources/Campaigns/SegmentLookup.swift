package import Core
package import Storage

/// Whether a saved segment is there.
package struct SegmentLookup: Sendable {
    package var exists: @Sendable (SegmentID, AccountID, any SQLSession) throws -> Bool

    package init(exists: @escaping @Sendable (SegmentID, AccountID, any SQLSession) throws -> Bool) { self.exists = exists }

    /// There are no segments.
    package static let none = Self { _, _, _ in false }
}
