/// What went wrong in the database, in words an operator can act on. Nothing of the transaction was stored.
package struct StorageError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a caller can do about it.
    package enum Kind: Hashable, Sendable {
        /// A UNIQUE, CHECK, NOT NULL or foreign-key rule refused the row.
        case constraint
        /// The disk is full, the folder is read-only, the server cannot be reached: reading may go on, and writing
        /// works again by itself when the cause is gone. Callers answer 503.
        case unavailable
        /// The connection broke while a COMMIT was under way: nobody knows whether it was stored.
        case outcomeUnknown
        /// A column does not have the type that the code asked for.
        case mismatch
        /// Everything else: a mistake in a statement, a damaged file.
        case failed
    }

    package var kind: Kind
    package var message: String

    package init(_ kind: Kind, _ message: String) { (self.kind, self.message) = (kind, message) }

    package var description: String { message }
}
