/// Whether two byte strings are the same, in a time that depends on their lengths only, so that a guess cannot be
/// mended byte by byte with a stop-watch.
package func equalInConstantTime(_ a: some Collection<UInt8>, _ b: some Collection<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}
