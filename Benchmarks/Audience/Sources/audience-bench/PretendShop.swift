import Core

/// The people of a shop and what they did, the same on every run: half of what happens is done by three in ten.
struct PretendShop {
    struct Person {
        var id: Int
        var city: String
        var age: Int
        var isOptedIn: Bool
    }

    struct Event {
        var name: Int
        var second: Int64
        var person: Int
        /// In hundredths; nil where the event has no such property.
        var amount, price: Int?
        var quantity: Int?
        var category: String?
        var other: (name: String, value: String)?
    }

    static let names = [
        "App Opened", "Product Viewed", "Searched", "Added To Cart", "Charged", "Wishlisted", "Coupon Used", "Notification Opened",
        "Profile Updated", "Session Ended", "Review Written", "Support Contacted",
    ]
    /// Per thousand.
    private static let weights = [240, 220, 120, 107, 60, 50, 40, 50, 30, 50, 20, 13]
    private static let cities = [
        "Mumbai", "Delhi", "Bengaluru", "Pune", "Chennai", "Hyderabad", "Kolkata", "Jaipur", "Surat", "Lucknow", "Kanpur", "Nagpur",
        "Indore",
        "Thane", "Bhopal", "Patna", "Vadodara", "Agra", "Nashik", "Meerut",
    ]
    private static let categories = [
        "Shoes", "Shirts", "Books", "Toys", "Garden", "Kitchen", "Phones", "Games", "Bags", "Watches", "Sports", "Beauty",
    ]
    static let now: Int64 = 1_800_000_000
    static let days: Int64 = 180

    let people: Int
    let events: Int
    private static let tickets = weights.enumerated().flatMap { Array(repeating: $0, count: $1) }

    func person(_ id: Int) -> Person {
        var random = Random(seed: UInt64(id) &* 77_777)
        let city = min(random.below(26), random.below(20))
        return Person(id: id, city: Self.cities[min(city, 19)], age: 18 + random.below(50), isOptedIn: random.below(10) < 6)
    }

    /// In order of time.
    func event(_ number: Int) -> Event {
        var random = Random(seed: UInt64(number) &+ 1)
        let second = Self.now - Self.days * 86_400 + Int64(number) * Self.days * 86_400 / Int64(events)
        let crowd = random.below(2) == 0 ? people : people * 3 / 10
        let person = random.below(crowd) * 7919 % people + 1
        var event = Event(name: Self.tickets[random.below(1000)], second: second, person: person)
        switch Self.names[event.name] {
        case "App Opened": event.other = ("Version", "4.\(random.below(3)).\(random.below(4))")
        case "Product Viewed", "Added To Cart":
            (event.category, event.price) = (Self.categories[random.below(12)], 99 + random.below(20_000))
            if event.name == 3 { event.quantity = 1 + random.below(3) }
        case "Searched": event.other = ("Query", "term \(min(random.below(500), random.below(500)))")
        case "Charged":
            (event.amount, event.other) = (500 + random.below(50_000), ("Payment", ["Card", "UPI", "Cash", "Wallet"][random.below(4)]))
        default: event.other = ("Source", ["web", "ios", "android", "mail", "shop"][random.below(5)])
        }
        return event
    }
}

/// SplitMix64.
private struct Random {
    private var state: UInt64
    init(seed: UInt64) { state = seed &* 0x2545_F491_4F6C_DD1D }

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(limit))
    }
}

extension PretendShop.Event {
    /// As an upload would have stored it.
    var json: String {
        var parts: [String] = []
        if let amount { parts.append("\"Amount\":\(Self.hundredths(amount))") }
        if let category { parts.append("\"Category\":\"\(category)\"") }
        if let price { parts.append("\"Price\":\(Self.hundredths(price))") }
        if let quantity { parts.append("\"Quantity\":\(quantity)") }
        if let other { parts.append("\"\(other.name)\":\"\(other.value)\"") }
        return "{\(parts.joined(separator: ","))}"
    }

    /// For DuckDB.
    var csv: String {
        let numbers = [amount, price].map { $0.map(Self.hundredths) ?? "" }.joined(separator: ",")
        return
            "\(PretendShop.names[name]),\(second),\(person),\(numbers),\(quantity.map(String.init) ?? ""),\(category ?? ""),\(other?.value ?? "")\n"
    }

    private static func hundredths(_ number: Int) -> String {
        let rest = number % 100
        return "\(number / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
