import Core

/// What the upload call should do, one record after the other, in the plainest way: no sets, no batches, no tables.
struct NaiveModel {
    struct Person: Equatable {
        var identity: String?
        var phone: String?
        var whatsApp = false
        var said: Int64?
        var properties: [String: JSONValue] = [:]
        var writtenAt: Int64 = 0
        var ledger: [Bool] = []
        var events: [String: [Int64]] = [:]
    }

    let now: Int64
    private(set) var people: [Person] = []
    private var owners: [String: Int] = [:]

    init(now: Int64) { self.now = now }

    /// The code that the record is refused with, or nil.
    mutating func take(_ record: JSONValue) -> Int? {
        let kinds = ["identity", "objectId", "FBID", "GPID"].filter { record[$0] != nil }
        guard !kinds.isEmpty else { return 523 }
        let ids = kinds.map { "\($0) \(record[$0]?.string ?? "")" }
        let time = record["ts"]?.int ?? now
        guard time > 0 else { return 525 }
        guard record["type"] == "profile" else {
            guard let name = record["evtName"]?.string else { return 509 }
            guard name != "Stayed" else { return 513 }
            let person = place(of: record, ids)
            people[person].events[name, default: []].append(time)
            people[person].events[name]?.sort()
            return nil
        }
        let before = self
        let person = place(of: record, ids)
        guard write(record["profileData"]?.object ?? [:], at: min(time, now), to: &people[person]) else {
            self = before
            return 512
        }
        return nil
    }

    private mutating func place(of record: JSONValue, _ ids: [String]) -> Int {
        var found = ids.compactMap { owners[$0] }.first
        if let identity = record["identity"]?.string, let person = found, owners["identity \(identity)"] == nil,
            people[person].identity != nil
        {
            found = nil
        }
        let person = found ?? people.count
        if found == nil { people.append(Person()) }
        if people[person].identity == nil { people[person].identity = record["identity"]?.string }
        for id in ids where owners[id] == nil { owners[id] = person }
        return person
    }

    private func write(_ data: [String: JSONValue], at time: Int64, to person: inout Person) -> Bool {
        let isOld = time < person.writtenAt
        if let phone = data["Phone"]?.string, !isOld || person.phone == nil { person.phone = phone }
        if let flag = data["MSG-whatsapp"]?.bool, time >= person.said ?? 0 {
            if flag != person.whatsApp {
                person.ledger.append(flag)
                let name = flag ? "Channel Subscribed" : "Channel Unsubscribed"
                if person.said != nil { person.events[name] = ((person.events[name] ?? []) + [time]).sorted() }
            }
            if !flag || !person.whatsApp { (person.whatsApp, person.said) = (flag, time) }
        }
        for (name, value) in data where name != "Phone" && name != "MSG-whatsapp" {
            let old = person.properties[name]
            if let step = value["$incr"]?.int {
                guard old == nil || old?.int != nil else { return false }
                person.properties[name] = .int((old?.int ?? 0) + step)
            } else if !isOld || old == nil {
                person.properties[name] = changed(old, by: value)
            }
        }
        person.writtenAt = max(person.writtenAt, time)
        return true
    }

    private func changed(_ old: JSONValue?, by value: JSONValue) -> JSONValue? {
        guard let (word, operand) = value.object?.first else { return value }
        var texts = old?.array?.compactMap(\.string) ?? (old.map { [$0.string ?? $0.text] } ?? [])
        switch word {
        case "$delete": return nil
        case "$set": texts = []
        case "$remove": texts.removeAll { operand.array?.contains(.string($0)) ?? false }
        default: break
        }
        if word != "$remove" {
            for text in operand.array?.compactMap(\.string) ?? [] where !texts.contains(text) { texts.append(text) }
        }
        return texts.isEmpty ? nil : .array(texts.map(JSONValue.string))
    }
}
