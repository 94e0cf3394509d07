#if Postgres
import Storage

/// Values in the shape libpq takes: text that ends in a zero byte, blobs as they are, all in one piece of memory.
struct Parameters {
    private var bytes: [UInt8] = []
    /// Where each value begins; nil for NULL.
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ values: [SQLValue]) {
        for value in values { append(value) }
    }

    /// The pointers are valid inside `body` only.
    func withPointers<Result>(
        _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Result
    ) -> Result {
        bytes.withUnsafeBytes { memory in
            let base = memory.bindMemory(to: CChar.self).baseAddress
            let pointers = starts.map { start in start.flatMap { offset in base.map { $0 + offset } } }
            return body(Int32(starts.count), pointers, lengths, formats)
        }
    }

    private mutating func append(_ value: SQLValue) {
        switch value {
        case .null: append(nil, length: 0, format: 0)
        case .integer(let number): append(text: String(number))
        case .real(let number): append(text: "\(number)")
        case .text(let text): append(text: text)
        case .blob(let blob):
            append(bytes.count, length: blob.count, format: 1)
            bytes += blob
            bytes.append(0)  // also an empty blob has an address of its own
        }
    }

    private mutating func append(text: String) {
        append(bytes.count, length: 0, format: 0)
        bytes += text.utf8
        bytes.append(0)
    }

    private mutating func append(_ start: Int?, length: Int, format: Int32) {
        starts.append(start)
        lengths.append(Int32(clamping: length))
        formats.append(format)
    }
}
#endif
