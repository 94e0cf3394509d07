import Core

/// `demographics`: `{name: "Age" | "Gender", operator?, value?}`.
enum Demographics {
    static func rule(_ json: JSONValue, _ path: String) throws(InputError) -> AudienceRule {
        let input = try InputObject(json, path: path, code: RuleReader.code, keys: ["name", "operator", "value"])
        switch try input.line("name", limit: 120) {
        case "Age": return .property(try age(json, input))
        case "Gender": return .property(try gender(json, input))
        default: throw input.error("name", "Demographics are Age and Gender; other properties stand under profile.")
        }
    }

    /// Ages are numbers of years.
    static func age(_ json: JSONValue, _ input: InputObject) throws(InputError) -> PropertyFilter {
        let test = try PropertyFilter(json: json, path: input.path).test
        switch test {
        case .exists, .doesNotExist, .compare(_, .number), .between(.number, .number): return .age(test)
        case .equals(let values): return .age(.equals(try years(values, input)))
        case .notEquals(let values): return .age(.notEquals(try years(values, input)))
        case .compare, .between: throw input.error("value", "An age is a number of years.")
        case .contains, .doesNotContain, .within: throw input.error("operator", "An age is compared with numbers.")
        }
    }

    /// Numbers also as texts, as uploads write them.
    private static func years(_ values: [JSONValue], _ input: InputObject) throws(InputError) -> [JSONValue] {
        var years: [JSONValue] = []
        for value in values {
            guard let year = value.number.map({ Measure.number($0).json }) ?? value.string.flatMap({ Int64($0) }).map(JSONValue.int) else {
                throw input.error("value", "An age is a number of years.")
            }
            years.append(year)
        }
        return years
    }

    /// Male and Female are written as profiles hold them, M and F (`clevertap.md` 2.3).
    static func gender(_ json: JSONValue, _ input: InputObject) throws(InputError) -> PropertyFilter {
        let filter = try PropertyFilter(json: json, path: input.path)
        switch filter.test {
        case .equals(let values): return PropertyFilter(name: filter.name, test: .equals(try letters(values, input)))
        case .notEquals(let values): return PropertyFilter(name: filter.name, test: .notEquals(try letters(values, input)))
        case .exists, .doesNotExist: return filter
        default: throw input.error("operator", "A gender equals, not_equals, exists or does_not_exist.")
        }
    }

    private static func letters(_ values: [JSONValue], _ input: InputObject) throws(InputError) -> [JSONValue] {
        var letters: [JSONValue] = []
        for value in values {
            guard let letter = Self.letters[value.string?.lowercased() ?? ""] else {
                throw input.error("value", "A gender is Male or Female.")
            }
            letters.append(letter)
        }
        return letters
    }

    private static let letters: [String: JSONValue] = ["male": "M", "m": "M", "female": "F", "f": "F"]
}
