import Campaigns
import Core
import Profiles
import Testing

@Suite struct PersonalisationTests {
    private static let asha = person([
        "Name": "Asha", "city": "Pune", "Customer Type": "Gold", "Points": 12, "Rate": 2.5, "Whole": 3.0, "Langs": ["en", "mr"],
        "Blank": "  ", "Empty": "", "No": false, "Yes": true, "Born": "$D_1685375700", "Code": "{{ Profile.Points }}",
        "Lines": "a\nb", "Tab": "a\tb", "Wide": "a     b", "Four": "a    b", "Long": .string(String(repeating: "ü", count: 2000)),
        "MSG-email": true, "Größe": "M", "Bell": "a\u{7}", "Far": "$D_9999999999999",
    ])

    private static let order: [String: JSONValue] = [
        "Amount": 12.5, "Currency": "INR", "Items": ["tea", "cups"], "Show": "$D_1685375700",
    ]
    private static let now = Timestamp(seconds: 1_793_613_600)

    private static func person(_ properties: [String: JSONValue]) -> Profile {
        Profile(
            id: ProfileID(rawValue: 1), accountID: AccountID(rawValue: 1), objectID: "__1", identity: "a-1", email: "asha@example.com",
            phone: PhoneNumber(digits: "919812345678"), properties: properties, createdAt: Timestamp(seconds: 0))
    }

    private static let resolved: [(source: JSONValue, result: Personalisation.Resolved)] = [
        ("fixed text", .text("fixed text")), (" as typed ", .text(" as typed ")), ("{ } }} 50%", .text("{ } }} 50%")),
        ("{{ Profile.Name }}", .text("Asha")), ("{{Profile.Name}}", .text("Asha")), ("{{ Profile.name }}", .text("Asha")),
        ("{{ Profile.City }}", .text("Pune")), ("{{ Profile.NAME }}", .missing),
        ("Hi {{ Profile.Name }}, {{ Profile.Points }} points", .text("Hi Asha, 12 points")),
        ("{{ Profile[\"Customer Type\"] }}", .text("Gold")), ("{{ Profile['Customer Type'] }}", .text("Gold")),
        ("{{ Profile.MSG-email }}", .text("true")), ("{{ Profile.Größe }}", .text("M")),
        ("{{ Profile.Rate }}", .text("2.5")), ("{{ Profile.Whole }}", .text("3")), ("{{ Profile.Langs }}", .text("en, mr")),
        ("{{ Profile.Email }}", .text("asha@example.com")), ("{{ Profile.phone }}", .text("+919812345678")),
        ("{{ Profile.Identity }}", .text("a-1")),
        ("{{ Profile.Born }}", .text("2023-05-29 15:55:00")), (["property": "Born"], .text("May 29, 2023")),
        ("{{ Profile.Gone }}", .missing), ("Hi {{ Profile.Gone }}", .missing), ("{{ Profile.Empty }}", .missing),
        ("{{ Profile.Blank }}", .missing), ("{{ Profile.No }}", .text("false")),
        ("{{ Profile.Gone | default: \"there\" }}", .text("there")),
        ("{{ Profile.Gone | default: 'you }} there' }}", .text("you }} there")),
        ("{{ Profile.Blank | default: \"there\" }}", .text("there")), ("{{ Profile.Name | default: \"there\" }}", .text("Asha")),
        ("{{ Profile.No | default: \"none\" }}", .text("none")), ("{{ Profile.Yes | default: \"none\" }}", .text("true")),
        ("{{ Profile.Gone | default: 0 }}", .text("0")), ("{{ Profile.Gone | default: \"\" }}", .missing),
        ("{{ Profile.Gone | default: \"there\" | upcase }}", .text("THERE")), ("{{ Profile.Gone | upcase }}", .missing),
        ("{{ Profile.Name | downcase }}", .text("asha")), ("{{ Profile.Name | upcase | capitalize }}", .text("Asha")),
        ("{{ Profile.Four | truncate: 3, '' }}", .text("a  ")), ("{{ Profile.Email | truncate: 8 }}", .text("asha@...")),
        ("{{ Profile.Name | truncate: 4 }}", .text("Asha")), ("{{ Profile.Langs | upcase }}", .text("EN, MR")),
        ("{{ Profile.Code }}", .text("{{ Profile.Points }}")),
        ("{{ Profile.Lines }}", .invalid), ("{{ Profile.Tab }}", .invalid), ("{{ Profile.Wide }}", .invalid),
        ("{{ Profile.Bell }}", .invalid),
        ("{{ Profile.Four }}", .text("a    b")), ("a  {{ Profile.Gone | default: '   b' }}", .invalid),
        ("{{ Profile.Long }}", .text(String(repeating: "ü", count: 1024))),
        ("{{ Profile.Title | default: '' }} {{ Profile.Name }}", .text(" Asha")),
        ("{{ Profile.Name }}{{ Profile.Title | default: ' ' }}{{ Profile.Points }}", .text("Asha 12")),
        ("{{ Profile.Blank | default: '' }}{{ Profile.Name }}", .text("Asha")),
        ("{{ Profile.Title | default: '' | upcase }}Hi", .text("Hi")),
        ("{{ Profile.Title | default: '' }} {{ Profile.Gone }}", .missing),
        ("{{ Profile.Title | default: '' }} {{ Profile.Gone | default: ' ' }}", .missing),
        (["property": "Far"], .text("$D_9999999999999")), ("{{ Profile.Far }}", .text("$D_9999999999999")),
        (["property": "Name"], .text("Asha")), (["property": "Gone"], .missing),
        (["property": "Gone", "default": "there"], .text("there")),
        (["property": "Customer Type", "default": nil], .text("Gold")), (["property": "name"], .text("Asha")),
        (["property": "Langs"], .text("en, mr")), (["property": "No", "default": "none"], .text("none")),
        (["property": "Blank"], .missing), (["property": "Lines"], .invalid),
        ("{{ Event.Amount }} {{ Event.currency }}", .text("12.5 INR")), ("{{ Event.Gone }}", .missing), ("{{ Profile.size }}", .missing),
        ("{{ Event.Items[0] }} and {{ Event.Items.last }}", .text("tea and cups")),
        (["event_property": "Amount"], .text("12.5")), (["event_property": "Show"], .text("May 29, 2023")),
        (["event_property": "Gone", "default": "something"], .text("something")), (["event_property": "Name"], .missing),
        ("{% if Profile.Points > 10 %}a lot{% else %}a few{% endif %}", .text("a lot")),
        ("{% if Profile.points > 10 and Profile['Customer Type'] == 'Gold' %}gold{% endif %}", .text("gold")),
        ("{% if Profile.Gone %}a{% endif %}", .missing), ("{% unless Profile.Gone %}b{% endunless %}", .text("b")),
        ("{% for lang in Profile.Langs %}{{ lang | upcase }} {% endfor %}", .text("EN MR ")),
        ("{% assign n = Profile.Name | default: 'you' %}Hi {{ n }}", .text("Hi Asha")),
        ("{{- Profile.Name -}}", .text("Asha")), ("{{ \"text\" }}", .text("text")),
        ("{% if Profile.Points < 100 %}{% abort %}{% endif %}Hi", .aborted), ("{% if Profile.Gone %}{% abort %}{% endif %}Hi", .text("Hi")),
        ("{% for i in (1..900) %}{% for j in (1..900) %}{{ j }}{% endfor %}{% endfor %}", .timedOut),
        ("{{ Profile.Code }}{% assign c = Profile.Code %}{{ c }}", .text("{{ Profile.Points }}{{ Profile.Points }}")),
        ("{{ Profile.Born | date: '%d %b' }}", .text("29 May")), ("{{ 'now' | date: '%Y' }}", .text("2026")),
        ("{{ Profile.Email | split: '@' | last }}", .text("example.com")), ("{% raw %}{{ x }}{% endraw %}", .text("{{ x }}")),
    ]

    @Test(arguments: resolved)
    func `a variable comes to`(source: JSONValue, result: Personalisation.Resolved) throws {
        let variable = try Personalisation(json: source, field: "v")
        #expect(variable.resolve(for: Self.asha, event: Self.order, at: Self.now) == result)
    }

    @Test func `dates are written in the zone that is asked for`() throws {
        for (source, text) in [("{{ Profile.Born }}", "2023-05-29 21:25:00"), (["property": "Born"], "May 29, 2023")] as [(JSONValue, _)] {
            let variable = try Personalisation(json: source, field: "v")
            #expect(variable.resolve(for: Self.asha, at: Self.now) { _ in 19_800 } == .text(text))
        }
        let variable = try Personalisation(json: ["property": "Born"], field: "v")
        #expect(variable.resolve(for: Self.asha, at: Self.now) { _ in 9 * 3600 } == .text("May 30, 2023"))
    }

    @Test(
        arguments: [
            ("{{ Event.Amount }}", true), ("{% if Event.Amount > 5 %}a{% endif %}", true), ("{{ Profile.Name }}", false),
            ("{{ Profile.Name | default: Event.Name }}", true), ("Event.Amount", false), ("{% assign x = Event['a b'] %}{{ x }}", true),
            (["event_property": "Amount"], true), (["property": "Amount"], false),
        ] as [(JSONValue, Bool)])
    func `it is known whether an event is needed`(source: JSONValue, usesEvent: Bool) throws {
        #expect(try Personalisation(json: source, field: "v").usesEvent == usesEvent)
    }

    @Test func `without an event its properties are missing`() throws {
        let variable = try Personalisation(json: "{{ Event.Amount }}", field: "v")
        #expect(variable.resolve(for: Self.asha, at: Self.now) == .missing)
    }

    private static let broken: [JSONValue] = [
        "", "   ", "a\nb", "a\tb", "a     b", "a\0b", .string(String(repeating: "a", count: 1025)), 5, true, nil, ["a"],
        "{{ Profile.Name", "{{ Profile }}", "{{ Profile. }}", "{{ }}", "{{ Name }}", "{{ profile.name }}", "{{ Event }}",
        "{{ Profile.Customer Type }}", "{{ Profile[Name] }}", "{{ Profile[\"Name }}", "{{ Profile[\"\"] }}", "{{ Profile['a'",
        "{{ Profile.Name | }}", "{{ Profile.Name | shout }}", "{{ Profile.Name | default }}", "{{ Profile.Name | default: there }}",
        "{{ Profile.Name | default: \"a\", \"b\" }}", "{{ Profile.Name | upcase: 1 }}", "{{ Profile.Name | truncate: 0 }}",
        "{{ Profile.Name | truncate: x }}", "{{ Profile.Name default: \"a\" }}", "{{ Profile.Name | default: \"a\nb\" }}",
        "{% if Profile.Name %}a", "{% if Profile.Name %}a\nb{% endif %}", "line\n{{ Profile.Name }}", "{% if Name %}a{% endif %}",
        "{% for p in Profile %}{{ p }}{% endfor %}", "{% assign p = Event %}a", "{% include 'a' %}",
        "{% tablerow i in (1..2) %}a{% endtablerow %}",
        "{{ Profile.Name | default: \"a     b\" }}", .string(String(repeating: "{% comment %}a{% endcomment %}", count: 600)),
        [:], ["property": ""], ["property": "Name", "default": 5], ["property": "Name", "fallback": "x"],
        ["property": "Name", "default": "a\nb"],
        ["property": "Name", "event_property": "Name"], ["event_property": ""], ["event_property": "A", "fallback": "x"],
    ]

    @Test(arguments: broken)
    func `what is not understood or would be refused is said at once`(source: JSONValue) {
        let error = #expect(throws: InputError.self) { try Personalisation(json: source, field: "what.variables.1") }
        #expect(error?.field?.hasPrefix("what.variables.1") == true)
    }

    @Test func `the message says what is allowed`() {
        func message(_ text: String) -> String? {
            #expect(throws: InputError.self) { try Personalisation(json: .string(text), field: "v") }?.message
        }
        #expect(message("{{ Profile.Name | shout }}")?.contains("default, date, upcase, downcase, capitalize, strip") == true)
        #expect(message("{{ Name }}")?.contains("begins with Profile. or Event.") == true)
        #expect(message("{% include 'a' %}")?.contains("Known are: if, unless, case, for") == true)
        #expect(message("{% if %}")?.contains("Profile.Name") == true)
        #expect(message("a\n{{ Profile.Name | shout }}")?.contains("line 2, column 19") == true)
    }
}
