package import Core

/// People by their ids: one bit for each, in chunks of 65,536. Ids are dense within the database, so a set of everybody takes
/// an eighth of a byte a person, and two sets are joined 64 people at a time.
package struct PeopleSet: Sendable {
    /// Ids of one chunk.
    static let chunkSize = 65_536
    static let wordsPerChunk = chunkSize / 64

    /// By the upper bits of the id; nil where nobody is.
    private(set) var chunks: [[UInt64]?]

    package init() { chunks = [] }

    package init(_ people: some Sequence<ProfileID>) {
        self.init()
        for person in people { insert(person) }
    }

    package func contains(_ person: ProfileID) -> Bool {
        let place = Place(person)
        guard place.chunk < chunks.count, let words = chunks[place.chunk] else { return false }
        return words[place.word] & place.bit != 0
    }

    package mutating func insert(_ person: ProfileID) {
        let place = Place(person)
        makeRoom(for: place.chunk)
        if chunks[place.chunk] == nil { chunks[place.chunk] = Self.emptyChunk }
        chunks[place.chunk]?[place.word] |= place.bit
    }

    package mutating func remove(_ person: ProfileID) {
        let place = Place(person)
        guard place.chunk < chunks.count else { return }
        chunks[place.chunk]?[place.word] &= ~place.bit
    }

    package var count: Int { chunks.reduce(0) { $0 + ($1?.reduce(0) { $0 + $1.nonzeroBitCount } ?? 0) } }

    package var isEmpty: Bool { chunks.allSatisfy { $0?.allSatisfy { $0 == 0 } ?? true } }

    static let emptyChunk = [UInt64](repeating: 0, count: wordsPerChunk)

    /// Takes the place of a whole chunk; nil, or no bit, for nobody.
    mutating func setChunk(_ chunk: Int, _ words: [UInt64]?) {
        makeRoom(for: chunk)
        chunks[chunk] = words
    }

    /// Nil where nobody is.
    func chunk(_ index: Int) -> [UInt64]? { index < chunks.count ? chunks[index] : nil }

    private mutating func makeRoom(for chunk: Int) {
        if chunk >= chunks.count { chunks += Array(repeating: nil, count: chunk + 1 - chunks.count) }
    }

    private struct Place {
        let chunk: Int
        let word: Int
        let bit: UInt64

        init(_ person: ProfileID) {
            let id = Int(person.rawValue)
            (chunk, word, bit) = (id >> 16, id >> 6 & 1023, 1 << UInt64(id & 63))
        }
    }
}

extension PeopleSet {
    package mutating func formUnion(_ other: PeopleSet) {
        makeRoom(for: other.chunks.count - 1)
        for (index, words) in other.chunks.enumerated() {
            guard let words else { continue }
            Self.combine(&chunks[index], words) { $0 | $1 }
        }
    }

    package mutating func formIntersection(_ other: PeopleSet) {
        for index in chunks.indices {
            guard let words = other.chunk(index) else {
                chunks[index] = nil
                continue
            }
            if chunks[index] != nil { Self.combine(&chunks[index], words) { $0 & $1 } }
        }
    }

    package mutating func subtract(_ other: PeopleSet) {
        for index in chunks.indices where chunks[index] != nil {
            if let words = other.chunk(index) { Self.combine(&chunks[index], words) { $0 & ~$1 } }
        }
    }

    package func union(_ other: PeopleSet) -> PeopleSet { changed { $0.formUnion(other) } }
    package func intersection(_ other: PeopleSet) -> PeopleSet { changed { $0.formIntersection(other) } }
    package func subtracting(_ other: PeopleSet) -> PeopleSet { changed { $0.subtract(other) } }

    private func changed(_ change: (inout PeopleSet) -> Void) -> PeopleSet {
        var copy = self
        change(&copy)
        return copy
    }

    /// In place, so that the chunk is not copied; a missing one counts as empty.
    @inline(__always)
    private static func combine(_ chunk: inout [UInt64]?, _ other: [UInt64], _ operation: (UInt64, UInt64) -> UInt64) {
        var words = chunk ?? emptyChunk
        chunk = nil
        for index in 0..<wordsPerChunk { words[index] = operation(words[index], other[index]) }
        chunk = words
    }
}

extension PeopleSet: Equatable {
    package static func == (a: Self, b: Self) -> Bool {
        (0..<Swift.max(a.chunks.count, b.chunks.count)).allSatisfy { a.chunk($0) ?? emptyChunk == b.chunk($0) ?? emptyChunk }
    }
}

extension PeopleSet: Sequence {
    /// In order of the ids.
    package func makeIterator() -> Iterator { Iterator(self, from: 0) }

    /// The next people after one, from the first when that is nil; fewer than `limit` only at the end.
    package func page(after last: ProfileID?, upTo limit: Int) -> [ProfileID] {
        var (iterator, page) = (Iterator(self, from: Int(last?.rawValue ?? -1) + 1), [ProfileID]())
        while page.count < limit, let person = iterator.next() { page.append(person) }
        return page
    }

    package struct Iterator: IteratorProtocol {
        private let people: PeopleSet
        private var chunk: Int
        private var word: Int
        private var bits: UInt64

        fileprivate init(_ people: PeopleSet, from id: Int) {
            (self.people, chunk, word) = (people, id >> 16, id >> 6 & 1023)
            bits = (people.chunk(chunk)?[word] ?? 0) & (UInt64.max << UInt64(id & 63))
        }

        package mutating func next() -> ProfileID? {
            while bits == 0 {
                word += 1
                if word == PeopleSet.wordsPerChunk { (chunk, word) = (chunk + 1, 0) }
                guard chunk < people.chunks.count else { return nil }
                guard let words = people.chunks[chunk] else {
                    word = PeopleSet.wordsPerChunk - 1
                    continue
                }
                bits = words[word]
            }
            let bit = bits.trailingZeroBitCount
            bits &= bits - 1
            return ProfileID(rawValue: Int64(chunk << 16 | word << 6 | bit))
        }
    }
}
