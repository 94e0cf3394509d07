import Core

/// A block of people made ready for one test.
struct ScannedPeople: Sendable {
    let people: PackedIntegers
    let lastPerson: Int64
    let column: PackedColumn?
    let test: RowTest
}

/// Judges one test over the people of a chunk, newest block first: what a block says of a person, older ones do not change.
struct ProfileScan: Sendable {
    /// By chunk, the newest first.
    let blocks: [Int: [ScannedPeople]]

    func people(_ people: [UInt64], chunk: Int, _ room: ProfileRoom) -> [UInt64] {
        let (open, passing) = (room.open, room.passing)
        open.update(from: people, count: people.count)
        passing.update(repeating: 0, count: people.count)
        for block in blocks[chunk] ?? [] {
            for (index, frame) in block.people.frames.enumerated() where isWanted(frame, index, of: block, open, chunk) {
                let rows = block.people.count(ofFrame: index)
                room.mask.update(repeating: 1, count: rows)
                block.test.apply(to: room.mask, frame: index, of: block.column, rows: rows, room.buffer)
                if block.people.isRun(index) {
                    close(from: Int(frame.base) & 0xFFFF, rows, room)
                } else {
                    block.people.unpack(frame: index, into: room.people)
                    close(rows, room)
                }
            }
        }
        return Array(UnsafeBufferPointer(start: passing, count: people.count))
    }

    /// Judges a frame's people, whom older blocks then no longer change.
    private func close(_ rows: Int, _ room: ProfileRoom) {
        for row in 0..<rows {
            let place = Int(truncatingIfNeeded: room.people[row]) & 0xFFFF
            let (word, bit) = (place >> 6, UInt64(1) << UInt64(place & 63))
            room.passing[word] |= room.open[word] & (room.mask[row] == 0 ? 0 : bit)
            room.open[word] &= ~bit
        }
    }

    /// The same for people who follow one another, up to 64 at once.
    private func close(from first: Int, _ rows: Int, _ room: ProfileRoom) {
        var row = 0
        while row < rows {
            let (word, shift) = ((first + row) >> 6, (first + row) & 63)
            let count = min(64 - shift, rows - row)
            var bits: UInt64 = 0
            for place in 0..<count { bits |= UInt64(room.mask[row + place]) << UInt64(shift + place) }
            room.passing[word] |= room.open[word] & bits
            room.open[word] &= ~((UInt64.max >> UInt64(64 - count)) << UInt64(shift))
            row += count
        }
    }

    private func isWanted(
        _ frame: PackedIntegers.Frame, _ index: Int, of block: ScannedPeople, _ open: UnsafeMutablePointer<UInt64>, _ chunk: Int
    ) -> Bool {
        let (first, from) = (Int64(chunk) << 16, Int64(bitPattern: frame.base))
        let frames = block.people.frames
        let to = index + 1 < frames.count ? Int64(bitPattern: frames[index + 1].base) : block.lastPerson
        return EventScan.hasAny(open, Int(from - first), Int(to - first))
    }
}

/// Where one worker judges people: room for one frame.
final class ProfileRoom {
    let people: UnsafeMutablePointer<Int64>
    let mask: UnsafeMutablePointer<UInt8>
    /// The bits of a chunk: who is not judged yet, and who passes.
    let open: UnsafeMutablePointer<UInt64>
    let passing: UnsafeMutablePointer<UInt64>
    let buffer: FrameBuffer

    init(frame: Int) {
        (people, mask) = (.allocate(capacity: frame), .allocate(capacity: frame))
        (open, passing) = (.allocate(capacity: PeopleSet.wordsPerChunk), .allocate(capacity: PeopleSet.wordsPerChunk))
        buffer = FrameBuffer(size: frame)
    }

    deinit {
        people.deallocate()
        mask.deallocate()
        open.deallocate()
        passing.deallocate()
    }
}
