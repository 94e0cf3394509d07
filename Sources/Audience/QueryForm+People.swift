import Core

extension RuleReader {
    /// What only an app or a browser could tell; this platform is fed by servers.
    private static let deviceKeys = ["app_fields", "geo_radius", "technographics"]

    /// `common_profile_properties` of CleverTap's query.
    mutating func commonProperties(_ input: InputObject) throws(InputError) -> [AudienceRule] {
        let key = "common_profile_properties"
        if let device = Self.deviceKeys.first(where: { input[key]?[$0].map { !$0.isNull } ?? false }) {
            throw input.error("\(key).\(device)", "\(device) cannot be asked for: servers feed this platform, and it knows no devices.")
        }
        let common = try input.object(key, keys: ["profile_fields", "demographics", "reachability", "geo_fields"] + Self.deviceKeys)
        var parts = try leaves(common, "profile_fields") { json, path throws(InputError) in
            .property(try PropertyFilter(json: json, path: path))
        }
        parts += try leaves(common, "demographics", Self.demographic)
        parts += try leaves(common, "reachability", Self.reachability)
        if common["geo_fields"] != nil { parts.append(try places(common)) }
        return parts
    }

    /// Besides age and gender, queries ask here for other properties, such as Education.
    private static func demographic(_ json: JSONValue, _ path: String) throws(InputError) -> AudienceRule {
        let filter = try PropertyFilter(json: json, path: path)
        return ["Age", "Gender"].contains(filter.name) ? try Demographics.rule(json, path) : .property(filter)
    }

    /// `{name, value: "True" | "False"}`; true when there is no value.
    private static func reachability(_ json: JSONValue, _ path: String) throws(InputError) -> AudienceRule {
        let input = try InputObject(json, path: path, code: code, keys: ["name", "operator", "value"])
        guard (input["operator"] ?? "equals") == "equals" else {
            throw input.error("operator", "Reachability is compared by equals alone.")
        }
        let name = try input.line("name", limit: 120)
        guard name != "has_token" else {
            throw input.error("name", "has_token cannot be asked for: servers feed this platform, and it knows no devices.")
        }
        guard let test = reachWords[name] else {
            throw input.error("name", "Reachability is one of: \(reachWords.keys.sorted().joined(separator: ", ")).")
        }
        let isWanted = input["value"] == nil ? true : try isTrue(input, "value")
        return isWanted ? .reach(test) : .not(.reach(test))
    }

    private static let reachWords: [String: ReachTest] = [
        "has_email": .hasEmail, "has_phone": .hasPhone, "has_phone_number": .hasPhone, "opted_in": .optedIn, "whatsapp": .optedIn,
        "has_whatsapp": .optedIn, "unsubscribed": .unsubscribed, "reachable": .reachable,
    ]

    /// `[["India", "Maharashtra", "Mumbai"], …]`: any of the places; each is a country, and maybe a region and a city, which
    /// people have as properties of these names.
    private mutating func places(_ input: InputObject) throws(InputError) -> AudienceRule {
        var places: [AudienceRule] = []
        for item in try input.items("geo_fields", atMost: Self.leafLimit) { places.append(try place(item.value, item.path)) }
        guard !places.isEmpty else { throw input.error("geo_fields", "geo_fields must have at least one place.") }
        return places.count == 1 ? places[0] : .any(places)
    }

    private mutating func place(_ json: JSONValue, _ path: String) throws(InputError) -> AudienceRule {
        guard let names = json.array, (1...3).contains(names.count) else {
            throw InputError(code: Self.code, field: path, "A place is an array of a country, and maybe a region and a city.")
        }
        var tests: [AudienceRule] = []
        for (index, pair) in zip(["Country", "Region", "City"], names).enumerated() {
            let field = "\(path)[\(index)]"
            guard let text = pair.1.string, !text.isEmpty else {
                throw InputError(code: Self.code, field: field, "Country, region and city are texts.")
            }
            try leaf(field)
            tests.append(.property(try PropertyFilter(json: ["name": .string(pair.0), "value": .string(text)], path: field)))
        }
        return tests.count == 1 ? tests[0] : .all(tests)
    }
}
