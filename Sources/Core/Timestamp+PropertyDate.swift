/// Dates as the properties of people and events hold them: the text `$D_` and whole epoch seconds, `$D_1700000000`
/// (`clevertap.md` 2.4).
extension Timestamp {
    package static let propertyDatePrefix = "$D_"

    /// Reads `$D_1700000000`, also `$D_-86400` for a day before 1970. Nil for a leading plus sign, for anything but
    /// digits, and for a moment outside `writableSeconds`, such as one given in milliseconds.
    package init?(propertyDate text: String) {
        guard text.hasPrefix(Self.propertyDatePrefix) else { return nil }
        let digits = text.utf8.dropFirst(Self.propertyDatePrefix.utf8.count)
        guard digits.first != UInt8(ascii: "+"), let seconds = Int64(Substring(digits)), Self.writableSeconds.contains(seconds) else {
            return nil
        }
        self.init(seconds: seconds)
    }

    /// The form that `init(propertyDate:)` reads; a fraction of a second is dropped.
    package var propertyDate: String { "\(Self.propertyDatePrefix)\(seconds)" }
}
