/// Where one worker counts: a place for each person of a chunk, and room for one frame.
final class EventRoom {
    let people: UnsafeMutablePointer<Int64>
    let times: UnsafeMutablePointer<Int64>
    let mask: UnsafeMutablePointer<UInt8>
    let buffer: FrameBuffer
    let counts: UnsafeMutablePointer<UInt32>
    /// Millionths.
    let sums: UnsafeMutablePointer<Int64>
    let tallies: UnsafeMutablePointer<Tally>

    init(frame: Int) {
        (people, times, mask) = (.allocate(capacity: frame), .allocate(capacity: frame), .allocate(capacity: frame))
        buffer = FrameBuffer(size: frame)
        counts = .allocate(capacity: PeopleSet.chunkSize)
        (sums, tallies) = (.allocate(capacity: PeopleSet.chunkSize), .allocate(capacity: PeopleSet.chunkSize))
    }

    deinit {
        people.deallocate()
        times.deallocate()
        mask.deallocate()
        counts.deallocate()
        sums.deallocate()
        tallies.deallocate()
    }

    func clear(_ fold: EventScan.Fold) {
        if fold != .tallies { counts.initialize(repeating: 0, count: PeopleSet.chunkSize) }
        if fold == .sums { sums.initialize(repeating: 0, count: PeopleSet.chunkSize) }
        if fold == .tallies { tallies.initialize(repeating: Tally(), count: PeopleSet.chunkSize) }
    }
}
