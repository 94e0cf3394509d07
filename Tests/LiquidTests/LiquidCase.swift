import Core
import Liquid
import Testing

/// A template and what it comes to in the fixture's scope.
struct LiquidCase: Sendable, CustomTestStringConvertible {
    let template: String
    let result: Rendered

    init(_ template: String, _ text: String) { self.init(template, .text(text)) }
    init(_ template: String, _ result: Rendered) { (self.template, self.result) = (template, result) }

    var testDescription: String { template }

    /// 2 November 2026, 09:05:07 in UTC, a Monday.
    static let now = Timestamp(seconds: 1_793_610_307)

    static let scope: [String: JSONValue] = [
        "Profile": [
            "Name": "Asha", "city": "Pune", "Customer Type": "Gold", "Points": 12, "Rate": 2.5, "Whole": 3.0, "Zero": 0, "Minus": -7,
            "Langs": ["en", "mr", "hi"], "None": [], "Blank": "  ", "Empty": "", "No": false, "Yes": true, "Null": nil,
            "Born": "$D_1685375700", "Code": "{{ Profile.Points }}{% abort %}", "Text12": "12", "Größe": "M", "Wide": " a  b ",
            "Numbers": [3, 1, 2.5, 1], "Mixed": ["b", 2, nil, "a", 1], "Email": "asha@example.com", "Emoji": "👩‍👩‍👧é",
            "Address": ["City": "Pune", "Lines": ["1 Hill Road", "Camp"], "size": "big"], "Lines": "a\nb\r\nc",
        ],
        "Event": ["price": 10.5, "items": [["name": "tea", "count": 2], ["name": "cups", "count": 6]]],
        "page": "one",
    ]

    var rendered: Rendered {
        get throws { try Template(parsing: template).render(Self.scope, at: Self.now) }
    }
}
