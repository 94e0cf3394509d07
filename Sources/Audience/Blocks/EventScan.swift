import Core

/// A block of events made ready for one rule: the columns the rule needs, and its tests in the terms of those columns.
struct ScannedBlock: Sendable {
    let people: PackedIntegers
    let lastPerson: Int64
    /// Nil where the times do not matter, since all are within the bounds.
    let times: PackedIntegers?
    let tests: [(column: PackedColumn?, test: RowTest)]
    let measured: PackedColumn?
    let amounts: Amounts
}

/// An event of the log that no block has yet and that passes the rule's tests.
struct FreshEvent: Sendable {
    var person: Int64
    var time: Int64
    var amount: Int128
}

/// Counts over everybody, a chunk of people at a time, so that what is counted stays near the processor.
struct EventScan: Sendable {
    /// What has to be known of each person.
    enum Fold: Sendable {
        case counts
        /// Counts and sums that 64 bits are sure to hold.
        case sums
        case tallies
    }

    private let probe: EventProbe
    private let blocks: [ScannedBlock]
    /// By person.
    private let fresh: [FreshEvent]
    private let fold: Fold

    init(_ probe: EventProbe, blocks: [ScannedBlock], fresh: [FreshEvent]) {
        (self.probe, self.blocks, self.fresh) = (probe, blocks, fresh.sorted { $0.person < $1.person })
        let farthest =
            blocks.reduce(0) { $0 + Double($1.people.count) * $1.amounts.limit($1.measured) }
            + fresh.reduce(0) { $0 + Double($1.amount.magnitude) }
        fold = probe.rule.pick != .every ? .tallies : probe.measured == nil ? .counts : farthest < 0x1p62 ? .sums : .tallies
    }

    /// Those of one chunk's `people` who fit.
    func people(_ people: [UInt64], chunk: Int, _ room: EventRoom) -> [UInt64] {
        let first = Int64(chunk) << 16
        room.clear(fold)
        for block in blocks {
            forEachFrame(of: block, people, first) { index in
                let rows = block.people.unpack(frame: index, into: room.people)
                let isMasked = mask(block, frame: index, rows: rows, room)
                switch fold {
                case .counts: count(rows, isMasked, first, room)
                case .sums: sum(block, frame: index, rows, isMasked, first, room)
                case .tallies: tally(block, frame: index, rows, isMasked, first, room)
                }
            }
        }
        addFresh(first, room)
        return judge(people, room)
    }

    /// The frames in which there is anybody who is asked for.
    private func forEachFrame(of block: ScannedBlock, _ people: [UInt64], _ first: Int64, _ body: (Int) -> Void) {
        let (frames, last) = (block.people.frames, first + 65_535)
        var index = Self.firstFrame(frames, reaching: first)
        while index < frames.count, Int64(bitPattern: frames[index].base) <= last {
            let from = max(Int64(bitPattern: frames[index].base), first)
            let to = min(index + 1 < frames.count ? Int64(bitPattern: frames[index + 1].base) : block.lastPerson, last)
            if from <= to, Self.hasAny(people, Int(from - first), Int(to - first)) { body(index) }
            index += 1
        }
    }

    /// The last frame that begins before a person, who may be in it.
    static func firstFrame(_ frames: [PackedIntegers.Frame], reaching person: Int64) -> Int {
        var (low, high) = (0, frames.count)
        while low < high {
            let middle = (low + high) / 2
            if Int64(bitPattern: frames[middle].base) < person { low = middle + 1 } else { high = middle }
        }
        return max(low - 1, 0)
    }

    static func hasAny(_ people: UnsafePointer<UInt64>, _ from: Int, _ to: Int) -> Bool {
        let (first, last) = (from >> 6, to >> 6)
        let (low, high) = (UInt64.max << UInt64(from & 63), UInt64.max >> UInt64(63 - to & 63))
        if first == last { return people[first] & low & high != 0 }
        if people[first] & low != 0 || people[last] & high != 0 { return true }
        return (first + 1..<last).contains { people[$0] != 0 }
    }

    /// - Returns: whether the mask says anything; else all rows count.
    private func mask(_ block: ScannedBlock, frame: Int, rows: Int, _ room: EventRoom) -> Bool {
        guard block.times != nil || !block.tests.isEmpty else { return false }
        room.mask.update(repeating: 1, count: rows)
        if let times = block.times {
            times.unpack(frame: frame, into: room.times)
            let (from, to) = (probe.reading.from?.microseconds ?? .min, probe.reading.to?.microseconds ?? .max)
            for row in 0..<rows { room.mask[row] = from <= room.times[row] && room.times[row] < to ? 1 : 0 }
            if probe.rule.hours != nil {
                for row in 0..<rows where room.mask[row] != 0 {
                    if !probe.isInHours(Timestamp(microseconds: room.times[row])) { room.mask[row] = 0 }
                }
            }
        }
        for test in block.tests { test.test.apply(to: room.mask, frame: frame, of: test.column, rows: rows, room.buffer) }
        return true
    }

    private func count(_ rows: Int, _ isMasked: Bool, _ first: Int64, _ room: EventRoom) {
        let (people, mask, counts) = (room.people, room.mask, room.counts)
        for row in 0..<rows {
            let place = Int(people[row] &- first)
            guard place & ~0xFFFF == 0 else { continue }
            counts[place] &+= isMasked ? UInt32(mask[row]) : 1
        }
    }

    private func sum(_ block: ScannedBlock, frame: Int, _ rows: Int, _ isMasked: Bool, _ first: Int64, _ room: EventRoom) {
        let amounts = room.buffer.numbers
        block.measured?.numbers.unpack(frame: frame, into: amounts)
        block.measured?.present?.unpack(frame: frame, into: room.buffer.present)
        block.amounts.convert(amounts, present: block.measured?.present == nil ? nil : room.buffer.present, rows: rows)
        let (people, mask, counts, sums) = (room.people, room.mask, room.counts, room.sums)
        for row in 0..<rows {
            let place = Int(people[row] &- first)
            guard place & ~0xFFFF == 0, !isMasked || mask[row] != 0 else { continue }
            counts[place] &+= 1
            sums[place] &+= amounts[row]
        }
    }

    private func tally(_ block: ScannedBlock, frame: Int, _ rows: Int, _ isMasked: Bool, _ first: Int64, _ room: EventRoom) {
        let (people, mask, tallies, times) = (room.people, room.mask, room.tallies, room.times)
        let numbers = room.buffer.numbers
        block.measured?.numbers.unpack(frame: frame, into: numbers)
        let hasPresence = block.measured?.present != nil
        block.measured?.present?.unpack(frame: frame, into: room.buffer.present)
        for row in 0..<rows {
            let place = Int(people[row] &- first)
            guard place & ~0xFFFF == 0, !isMasked || mask[row] != 0 else { continue }
            let amount = hasPresence && room.buffer.present[row] == 0 ? 0 : block.amounts.amount(numbers[row])
            probe.add(amount, at: times[row], to: &tallies[place])
        }
    }

    private func addFresh(_ first: Int64, _ room: EventRoom) {
        var (low, high) = (0, fresh.count)
        while low < high {
            let middle = (low + high) / 2
            if fresh[middle].person < first { low = middle + 1 } else { high = middle }
        }
        while low < fresh.count, fresh[low].person < first + 65_536 {
            let (event, place) = (fresh[low], Int(fresh[low].person - first))
            if fold == .tallies {
                probe.add(event.amount, at: event.time, to: &room.tallies[place])
            } else {
                room.counts[place] += 1
                if fold == .sums { room.sums[place] += Int64(truncatingIfNeeded: event.amount) }
            }
            low += 1
        }
    }

    private func judge(_ people: [UInt64], _ room: EventRoom) -> [UInt64] {
        let (takesNever, test, isAverage) = (probe.takesNever, probe.rule.test, probe.isAverage)
        switch fold {
        case .counts:
            return Self.judge(people) { place in
                let count = room.counts[place]
                return count == 0 ? takesNever : test.holds(Double(count))
            }
        case .sums:
            return Self.judge(people) { place in
                let count = room.counts[place]
                guard count > 0 else { return takesNever }
                return test.holds(EventProbe.number(Double(room.sums[place]), count, isAverage: isAverage))
            }
        case .tallies: return Self.judge(people) { place in room.tallies[place].count == 0 ? takesNever : probe.fits(room.tallies[place]) }
        }
    }

    @inline(__always)
    private static func judge(_ people: [UInt64], _ fits: (Int) -> Bool) -> [UInt64] {
        var result = people
        for word in result.indices {
            var bits = people[word]
            while bits != 0 {
                let bit = bits.trailingZeroBitCount
                bits &= bits - 1
                if !fits(word << 6 | bit) { result[word] &= ~(1 << UInt64(bit)) }
            }
        }
        return result
    }
}
