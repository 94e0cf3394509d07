/// The server's secret: 32 bytes that passcodes are hashed under and credentials are sealed with. Whoever uses it
/// derives a key of its own from it, with its own name, so that two uses never share one.
package struct SecretKey: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always 32.
    package let bytes: [UInt8]

    /// Nil unless there are 32 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        self.bytes = bytes
    }

    /// A new key.
    package init(from random: Randomness) { bytes = random.bytes(Self.length) }

    package static let length = 32

    /// Never the bytes, also in a debugger or a dump of a value that holds the key.
    package var description: String { "SecretKey(redacted)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
