#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a person at the terminal is told; logs go to standard error instead.
package enum Console {
    /// Writes one line to standard output at once, also when that is a pipe.
    package static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 else { return }  // nobody listens any more
            rest = rest.dropFirst(count)
        }
    }
}
