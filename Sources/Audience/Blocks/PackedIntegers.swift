/// Whole numbers in few bits. They stand in frames of some thousand; a frame has its own lowest number and width, so a frame is
/// read without the others and one number that is far off costs no more than its frame.
///
/// Numbers of any order are taken as multiples of a common divisor above the lowest of all, which makes seconds out of
/// microseconds. Ascending numbers are stored as steps above the frame's least step, so that people who follow one another take no bits;
/// the lowest of a frame is then its first.
struct PackedIntegers: Sendable {
    struct Frame: Sendable {
        /// The lowest number, in multiples of the divisor above `lowest`; of ascending numbers the first itself.
        var base: UInt64
        /// The least step of ascending numbers; else 0.
        var step: UInt64
        var offset: Int
        var width: Int
    }

    let count: Int
    let frameSize: Int
    let frames: [Frame]
    let isAscending: Bool
    private let lowest: Int64
    private let divisor: UInt64
    private let bytes: [UInt8]

    /// A number is loaded with the seven bytes after its own.
    private static let slack = 8

    init(_ reader: inout ByteReader) throws(DamagedBlock) {
        (count, frameSize, isAscending) = (try reader.int(), try reader.int(), try reader.byte() == 1)
        (lowest, divisor) = (try reader.signed(), try reader.number())
        guard frameSize > 0, count <= reader.bytes.count * frameSize else { throw DamagedBlock() }
        var (frames, offset): ([Frame], Int) = ([], 0)
        for index in 0..<(count + frameSize - 1) / frameSize {
            let (base, step, width) = (try reader.number(), isAscending ? try reader.number() : 0, Int(try reader.byte()))
            guard width <= 64 else { throw DamagedBlock() }
            frames.append(Frame(base: base, step: step, offset: offset, width: width))
            offset += (min(frameSize, count - index * frameSize) * width + 7) / 8
        }
        let start = reader.at
        _ = try reader.take(offset + Self.slack)
        self.frames = frames.map { Frame(base: $0.base, step: $0.step, offset: $0.offset + start, width: $0.width) }
        bytes = reader.bytes
    }

    /// Whether a frame's numbers follow one another without a gap.
    func isRun(_ index: Int) -> Bool { isAscending && frames[index].width == 0 && (frames[index].step == 1 || count(ofFrame: index) == 1) }

    /// How many numbers a frame has.
    func count(ofFrame index: Int) -> Int { min(frameSize, count - index * frameSize) }

    /// Writes the numbers of a frame to `target`, which has room for `frameSize`. Numbers must fit the target's type.
    /// - Returns: how many there are.
    @discardableResult
    func unpack<Number: FixedWidthInteger>(frame index: Int, into target: UnsafeMutablePointer<Number>) -> Int {
        let (frame, count) = (frames[index], count(ofFrame: index))
        bytes.withUnsafeBytes { raw in
            if isAscending {
                // The first step is stored, too, and leads to the first number.
                var sum = frame.base &- frame.step
                unpack(raw, frame, count) { place, step in
                    sum &+= step &+ frame.step
                    target[place] = Number(truncatingIfNeeded: sum)
                }
            } else {
                let (start, divisor) = (UInt64(bitPattern: lowest) &+ frame.base &* divisor, divisor)
                unpack(raw, frame, count) { place, part in target[place] = Number(truncatingIfNeeded: start &+ part &* divisor) }
            }
        }
        return count
    }

    @inline(__always)
    private func unpack(_ raw: UnsafeRawBufferPointer, _ frame: Frame, _ count: Int, _ body: (Int, UInt64) -> Void) {
        guard let start = raw.baseAddress.map({ $0 + frame.offset }), frame.width > 0 else {
            for place in 0..<count { body(place, 0) }
            return
        }
        let (width, mask) = (frame.width, UInt64.max >> UInt64(64 - frame.width))
        var bit = 0
        if width <= 57 {
            for place in 0..<count {
                let word = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self))
                body(place, word &>> UInt64(truncatingIfNeeded: bit & 7) & mask)
                bit &+= width
            }
        } else {
            for place in 0..<count {
                let (byte, shift) = (bit >> 3, UInt64(bit & 7))
                let low = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: byte, as: UInt64.self)) >> shift
                let high = shift == 0 ? 0 : UInt64(start.load(fromByteOffset: byte + 8, as: UInt8.self)) << (64 - shift)
                body(place, (low | high) & mask)
                bit += width
            }
        }
    }

    /// No number is further from zero.
    var farthest: Double {
        frames.reduce(abs(Double(lowest))) { farthest, frame in
            let top = Double(lowest) + (Double(frame.base) + Double(UInt64.max >> UInt64(64 - max(frame.width, 1)))) * Double(divisor)
            return max(farthest, abs(top))
        }
    }

    func all() -> [Int64] {
        [Int64](unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let start = buffer.baseAddress else { return }
            for index in frames.indices { unpack(frame: index, into: start + index * frameSize) }
            initialized = count
        }
    }

    /// Bytes in memory, about.
    var footprint: Int { frames.count * MemoryLayout<Frame>.stride + (frames.last.map { $0.offset } ?? 0) + frameSize }
}

// Writing.
extension PackedIntegers {
    static func write(_ values: [Int64], ascending: Bool = false, frame size: Int, to writer: inout ByteWriter) {
        let lowest = ascending ? 0 : values.min() ?? 0
        let divisor = ascending ? 1 : commonDivisor(values, lowest)
        let numbers = values.map { (UInt64(bitPattern: $0) &- UInt64(bitPattern: lowest)) / divisor }
        writer.number(UInt64(values.count))
        writer.number(UInt64(size))
        writer.byte(ascending ? 1 : 0)
        writer.signed(lowest)
        writer.number(divisor)
        let frames = stride(from: 0, to: numbers.count, by: size).map { numbers[$0..<min($0 + size, numbers.count)] }
        let packed = frames.map { PackedFrame($0, ascending: ascending) }
        for frame in packed {
            writer.number(frame.base)
            if ascending { writer.number(frame.step) }
            writer.byte(UInt8(frame.width))
        }
        for frame in packed { frame.write(to: &writer) }
        writer.append(repeatElement(0, count: slack))
    }

    private static func commonDivisor(_ values: [Int64], _ lowest: Int64) -> UInt64 {
        var divisor: UInt64 = 0
        for value in values {
            var (a, b) = (UInt64(bitPattern: value) &- UInt64(bitPattern: lowest), divisor)
            while b != 0 { (a, b) = (b, a % b) }
            divisor = a
            if divisor == 1 { break }
        }
        return max(divisor, 1)
    }
}

private struct PackedFrame {
    let base: UInt64
    let step: UInt64
    let width: Int
    private let parts: [UInt64]

    init(_ numbers: ArraySlice<UInt64>, ascending: Bool) {
        let first = numbers.first ?? 0
        if ascending {
            let steps = zip(numbers, numbers.dropFirst()).map { $1 - $0 }
            let least = steps.min() ?? 0
            (base, step) = (first, least)
            parts = [0] + steps.map { $0 - least }
        } else {
            let lowest = numbers.min() ?? 0
            (base, step) = (lowest, 0)
            parts = numbers.map { $0 - lowest }
        }
        width = 64 - (parts.max() ?? 0).leadingZeroBitCount
    }

    func write(to writer: inout ByteWriter) {
        guard width > 0 else { return }
        var (word, used): (UInt64, Int) = (0, 0)
        for part in parts {
            word |= part << UInt64(used)
            let free = 64 - used
            used += width
            guard used >= 64 else { continue }
            withUnsafeBytes(of: word.littleEndian) { writer.append($0) }
            word = free < 64 && free < width ? part >> UInt64(free) : 0
            used -= 64
        }
        withUnsafeBytes(of: word.littleEndian) { writer.append($0.prefix((used + 7) / 8)) }
    }
}
