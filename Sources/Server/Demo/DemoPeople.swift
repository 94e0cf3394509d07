import Core

/// 2,000 people and 20,000 things they did, the same at every start. Some have no number, some did not opt in, some have no
/// city, so that a campaign's errors have something to explain.
struct DemoPeople: Sendable {
    static let count = 2000
    static let eventsEach = 10
    let now: Timestamp

    /// The records of one upload call for these people: each person's profile, then their events.
    func records(_ numbers: Range<Int>) -> JSONValue {
        ["d": .array(numbers.flatMap { [profile($0)] + events(of: $0) })]
    }

    static func identity(_ number: Int) -> String { "demo-\(number)" }

    private func profile(_ number: Int) -> JSONValue {
        var data: [String: JSONValue] = [
            "Name": .string("\(Self.firstNames[number % Self.firstNames.count]) \(Self.lastNames[number / 7 % Self.lastNames.count])"),
            "Email": .string("person\(number)@example.com"), "Customer Type": number % 5 == 0 ? "Gold" : "Standard",
            "MSG-whatsapp": .bool(number % 11 != 3),
        ]
        if number % 17 != 5 { data["Phone"] = .string("+1415555\(String(number + 10_000).dropFirst())") }
        if number % 41 != 7 { data["City"] = .string(Self.cities[number % Self.cities.count]) }
        return ["type": "profile", "identity": .string(Self.identity(number)), "profileData": .object(data)]
    }

    private func events(of number: Int) -> [JSONValue] {
        (0..<Self.eventsEach).map { index in
            let age = Int64((number * 7 + index * 29) % (40 * 24)) * 3600 + 60
            return [
                "type": "event", "identity": .string(Self.identity(number)), "ts": .int(now.seconds - age),
                "evtName": .string(Self.name(index)), "evtData": data(of: index, number),
            ]
        }
    }

    private func data(of index: Int, _ number: Int) -> JSONValue {
        let price = Double((number * 13 + index * 7) % 90) + 9.5
        let show = JSONValue.string(Self.shows[(number + index) % Self.shows.count])
        guard Self.name(index) == "Charged" else { return ["Show": show, "Price": .double(price)] }
        return ["Amount": .double(price), "Currency": "EUR", "Items": [["Show": show, "Seats": .int(Int64(1 + number % 4))]]]
    }

    private static func name(_ index: Int) -> String { index == 9 ? "Charged" : index > 6 ? "Added To Cart" : "Show Viewed" }

    private static let firstNames = [
        "Ona", "Mateus", "Priya", "Zoë", "يوسف", "Hiroshi", "Amara", "Lukas", "Inês", "Fatima", "Søren", "Mei", "Noor",
    ]
    private static let lastNames = ["Petraitis", "Silva", "Sharma", "Müller", "حداد", "Tanaka", "Okafor", "Novak", "Dias"]
    private static let cities = ["Vilnius", "São Paulo", "Pune", "Berlin", "Beirut", "Osaka", "Lagos"]
    private static let shows = ["The Tempest", "Swan Lake", "Carmen", "Stomp", "Hamlet"]
}
