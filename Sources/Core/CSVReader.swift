/// Reads rows of a CSV text (RFC 4180) as its bytes come, with no more than one row in memory. Takes line ends of all systems,
/// a byte order mark, and `;` or a tab in place of the comma: whichever stands first outside quotes in the first row. Rows that
/// are blank are passed over.
package struct CSVReader: Sendable {
    package struct Row: Hashable, Sendable {
        /// From 1, the header and blank rows included, as a spreadsheet counts them.
        package var number: Int
        package var fields: [String]
        /// Why its fields cannot be relied on; nil for a sound row.
        package var problem: Problem?

        package init(number: Int, fields: [String], problem: Problem? = nil) {
            (self.number, self.fields, self.problem) = (number, fields, problem)
        }
    }

    package enum Problem: String, Hashable, Sendable {
        case notUTF8 = "it is not UTF-8"
        case textAfterQuote = "text follows a closing quote"
        case nul = "it holds the character U+0000"
    }

    private enum Place { case start, plain, quoted, quoteInQuotes }

    private let rowLimit: Int
    private var delimiter: UInt8?
    private var place = Place.start
    private var field: [UInt8] = []
    private var fields: [String] = []
    private var problem: Problem?
    private var number = 1
    private var size = 0
    private var skipsLineFeed = false
    private var mark: [UInt8] = []
    private var isBegun = false

    /// - Parameter rowLimit: bytes of a row, from 1. A longer one is most likely a quote that was never closed.
    package init(rowLimit: Int = 64 * 1024) { self.rowLimit = rowLimit }

    /// The rows that end in these bytes, which follow those of the call before.
    /// - Throws: `InputError` `invalid_csv` for a row that is too long; the reader cannot go on.
    package mutating func rows(of bytes: some Sequence<UInt8>) throws(InputError) -> [Row] {
        var rows: [Row] = []
        for byte in bytes where !takesMark(byte) { try take(byte, &rows) }
        return rows
    }

    /// The last row, when no line end follows it.
    /// - Throws: `InputError` `invalid_csv` for a quote that is still open.
    package mutating func end() throws(InputError) -> Row? {
        var rows: [Row] = []
        try release(&rows)
        guard place != .quoted else { throw Self.error("Row \(number) opens a quote that is never closed.") }
        endRow(&rows)
        return rows.first
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Holds back what may be the byte order mark.
    private mutating func takesMark(_ byte: UInt8) -> Bool {
        guard !isBegun, byte == Self.byteOrderMark[mark.count] else { return false }
        mark.append(byte)
        if mark == Self.byteOrderMark { (mark, isBegun) = ([], true) }
        return true
    }

    /// Gives what was no mark to the text.
    private mutating func release(_ rows: inout [Row]) throws(InputError) {
        guard !isBegun else { return }
        isBegun = true
        for byte in mark { try read(byte, &rows) }
        mark = []
    }

    private mutating func take(_ byte: UInt8, _ rows: inout [Row]) throws(InputError) {
        try release(&rows)
        try read(byte, &rows)
    }

    private mutating func read(_ byte: UInt8, _ rows: inout [Row]) throws(InputError) {
        defer { skipsLineFeed = byte == UInt8(ascii: "\r") && place != .quoted }
        if skipsLineFeed, byte == UInt8(ascii: "\n") { return }
        size += 1
        guard size <= rowLimit else {
            throw Self.error("Row \(number) is longer than \(rowLimit) bytes. Is there a quote that is never closed?")
        }
        switch (place, byte) {
        case (.quoted, UInt8(ascii: "\"")): place = .quoteInQuotes
        case (.quoteInQuotes, UInt8(ascii: "\"")): add(byte, .quoted)
        case (.quoted, _): field.append(byte)
        case (.start, UInt8(ascii: "\"")): place = .quoted
        case (_, UInt8(ascii: "\n")), (_, UInt8(ascii: "\r")): endRow(&rows)
        case _ where isDelimiter(byte): endField()
        case (.quoteInQuotes, _): problem = problem ?? .textAfterQuote
        default: add(byte, .plain)
        }
    }

    private mutating func add(_ byte: UInt8, _ next: Place) {
        field.append(byte)
        place = next
    }

    private mutating func isDelimiter(_ byte: UInt8) -> Bool {
        if let delimiter { return byte == delimiter }
        guard byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "\t") else { return false }
        delimiter = byte
        return true
    }

    private mutating func endField() {
        let text = String(validating: field, as: UTF8.self)
        if text == nil { problem = problem ?? .notUTF8 }
        if field.contains(0) { problem = problem ?? .nul }
        fields.append(text ?? String(decoding: field, as: UTF8.self))
        (field, place) = ([], .start)
    }

    private mutating func endRow(_ rows: inout [Row]) {
        let isBlank = fields.isEmpty && place == .start && problem == nil
        if !isBlank {
            endField()
            rows.append(Row(number: number, fields: fields, problem: problem))
            // One column has no delimiter; a later row must not choose one.
            delimiter = delimiter ?? UInt8(ascii: ",")
        }
        (fields, problem, size, number) = ([], nil, 0, number + 1)
    }

    private static func error(_ message: String) -> InputError { InputError(code: "invalid_csv", message) }
}
