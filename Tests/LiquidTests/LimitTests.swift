import Core
import CoreTesting
import Liquid
import Testing

@Suite struct LimitTests {
    private static let long = String(repeating: "a", count: 4000)

    private static let runaways: [(name: String, text: String)] = [
        ("nested loops", "{% for i in (1..1000) %}{% for j in (1..1000) %}{% for k in (1..1000) %}{% endfor %}{% endfor %}{% endfor %}"),
        ("much text", "{% for i in (1..1000) %}\(long){% endfor %}"), ("a long range", "{% for i in (1..9000000000000) %}{% endfor %}"),
        ("a range past 64 bits", "{% for i in (-9223372036854775807..9223372036854775807) %}{% endfor %}"),
        ("a range as a value", "{% assign r = (1..100000000) %}"), ("many items", "{% for i in (1..1001) %}{% endfor %}"),
        ("doubling by append", "{% assign x = 'ab' %}{% for i in (1..60) %}{% assign x = x | append: x %}{% endfor %}"),
        ("doubling by capture", "{% assign x = 'ab' %}{% for i in (1..60) %}{% capture x %}{{ x }}{{ x }}{% endcapture %}{% endfor %}"),
        ("growing by replace", "{% assign x = '\(long)' %}{{ x | replace: 'a', x }}"),
        ("growing by join", "{% assign x = '\(long)' %}{{ x | split: '' | join: x }}"),
        (
            "growing by a date's form",
            "{% assign x = '%99Y%99Y%99Y' %}{% for i in (1..9) %}{% assign x = x | append: x %}{% endfor %}{{ 1 | date: x }}"
        ),
        ("sorting", "{% assign x = '\(long)' | split: '' %}{% for i in (1..1000) %}{% assign y = x | sort %}{% endfor %}"),
        ("comparing lists", "{% assign x = '\(long)' | split: '' %}{% for i in (1..999) %}{% if x == x %}{% endif %}{% endfor %}"),
        (
            "looping over parts of a list",
            "{% assign x = '\(long)' | split: '' %}{% for i in (1..999) %}{% for j in x limit:1 %}{% endfor %}{% endfor %}"
        ),
        (
            "counting characters",
            "{% assign x = '\(long)' %}{% for i in (1..999) %}{% if x.size > 5 %}{% if x.size > 6 %}{% endif %}{% endif %}{% endfor %}"
        ),
        (
            "joining what is appended",
            "{% assign x = '\(long)' | split: '' %}{% for i in (1..999) %}{% assign y = 'a' | append: x %}{% endfor %}"
        ),
        ("reading no dates", "{% assign x = '\(long)' %}{% for i in (1..999) %}{% assign y = x | date: '%d' %}{% endfor %}"),
        (
            "searching",
            "{% assign x = '\(long)' %}{% assign y = x | append: 'b' %}{% for i in (1..999) %}{% if x contains y %}{% endif %}{% endfor %}"
        ),
    ]

    @Test(.timeLimit(.minutes(1)), arguments: runaways)
    func `a template that runs away is stopped`(name: String, text: String) throws {
        #expect(try Template(parsing: text).render([:], at: LiquidCase.now) == .timedOut)
    }

    @Test func `a limit is exact`() throws {
        func render(_ text: String, _ limits: RenderLimits) throws -> Rendered {
            try Template(parsing: text).render(["x": "abc"], at: LiquidCase.now, limits: limits)
        }
        #expect(try render("{{ x }}é", RenderLimits(outputBytes: 5)) == .text("abcé"))
        #expect(try render("{{ x }}é", RenderLimits(outputBytes: 4)) == .timedOut)
        #expect(try render("abcé", RenderLimits(outputBytes: 4)) == .timedOut)
        #expect(try render("{% for i in (1..3) %}{% endfor %}", RenderLimits(loopItems: 3)) == .text(""))
        #expect(try render("{% for i in (1..3) %}{% endfor %}", RenderLimits(loopItems: 2)) == .timedOut)
        let loop = "{% for i in (1..100) %}{{ i }}{% endfor %}"
        let least = try #require((1...1000).first { (try? render(loop, RenderLimits(steps: $0))) != .timedOut })
        #expect((200...500).contains(least))
        #expect(try render(loop, RenderLimits(steps: least - 1)) == .timedOut)
    }

    @Test func `a text of many values in the scope is stopped too`() throws {
        let scope: [String: JSONValue] = [
            "long": .string(String(repeating: "x", count: 10_000_000)), "list": .array(Array(repeating: "x", count: 1_000_000)),
        ]
        for text in ["{{ long }}", "{{ list }}", "{{ long | upcase }}", "{{ list | sort }}", "{% for i in list %}{{ i }}{% endfor %}"] {
            #expect(try Template(parsing: text).render(scope, at: LiquidCase.now) == .timedOut, "\(text)")
        }
    }

    @Test func `what usual templates do is far below the limits`() throws {
        let row = LiquidCase(
            "{% for i in (1..100) %}{% if i > 50 and Profile.Points > 5 %}{{ i | plus: 1 | times: 2 }},{% endif %}{% endfor %}", "")
        guard case .text(let text) = try row.rendered else { Issue.record("no text"); return }
        #expect(text.split(separator: ",").count == 50)
    }

    private static let seeds = [
        "Hi {{ Profile.Name | default: \"there\" | upcase }}, {{ Profile['Customer Type'] }} {{ Profile.Born | date: \"%d %b %Y %3N\" }}",
        "{% if Profile.Points >= 10 and Profile.Langs contains 'en' %}a{% elsif Profile.Gone == blank %}b{% else %}c{% endif %}",
        "{%- for i in (1..9) reversed limit: 3 offset: 1 -%}{% if forloop.last %}{% break %}{% endif %}{{ forloop.rindex }}{%- else -%}n{% endfor %}",
        "{% assign x = Profile.Langs | join: ', ' | split: '' | sort | reverse | slice: -3, 2 %}{% capture y %}{{ x }}{% endcapture %}{{ y | size }}",
        "{% case Profile.Name %}{% when 'a', 'b' or 'c' %}1{% else %}{% raw %}{{ x }}{% endraw %}{% comment %}c{% endcomment %}{% endcase %}",
        "{% tablerow i in Event.items cols:2 %}{{ i.name | replace: 'e', '👩‍👩‍👧' | url_encode }}{% endtablerow %}{{ 7.5 | divided_by: 3 | round: 2 | modulo: 1 }}",
    ]
    private static let pieces = [
        "{{", "}}", "{%", "%}", "-", "|", ":", ",", ".", "..", "[", "]", "(", ")", "'", "\"", " ", "\n", "0", "-9223372036854775808", "1e9",
        "é", "\u{301}",
        "\0", "if", "endif", "for", "endfor", "else", "in", "Profile", "forloop", "{% if x %}", "{% for i in (1..99) %}", "| date: '%",
        "| plus: ",
        "parentloop", "size", "%}{%", "{% raw %}", "{% endraw %}", "| slice: -9223372036854775808, 9223372036854775807", "nil", "empty",
        "== ", "contains",
    ]

    @Test(.timeLimit(.minutes(2)), arguments: 1...8)
    func `no template crashes or hangs, however it is broken`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var read = 0
        for _ in 0..<2500 {
            var text = Array((Self.seeds.randomElement(using: &random) ?? "").unicodeScalars)
            for _ in 0...Int.random(in: 0...3, using: &random) { Self.mutate(&text, using: &random) }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: text)
            guard let template = try? Template(parsing: String(view)) else { continue }
            read += 1
            let first = template.render(LiquidCase.scope, at: LiquidCase.now)
            #expect(first == template.render(LiquidCase.scope, at: LiquidCase.now))
            if case .text(let text) = first { #expect(text.utf8.count <= RenderLimits().outputBytes) }
        }
        #expect(read > 100)
    }

    private static func mutate(_ text: inout [Unicode.Scalar], using random: inout SeededGenerator) {
        let place = Int.random(in: 0...text.count, using: &random)
        let end = min(text.count, place + Int.random(in: 0...6, using: &random))
        switch Int.random(in: 0...3, using: &random) {
        case 0: text.removeSubrange(place..<end)
        case 1: text.insert(contentsOf: (pieces.randomElement(using: &random) ?? "").unicodeScalars, at: place)
        case 2: text.replaceSubrange(place..<end, with: (pieces.randomElement(using: &random) ?? "").unicodeScalars)
        default: text.insert(contentsOf: text[place..<end], at: Int.random(in: 0...text.count, using: &random))
        }
    }

    private static let roundTrips: [JSONValue] = [
        "{{ x }}", "{% abort %}", "{{", "%}", "{% raw %}", "{{ Profile.Name }}", "'\"|", "$D_", "\0", "}}{{",
    ]

    @Test(arguments: roundTrips)
    func `a value is never read as Liquid`(value: JSONValue) throws {
        let text = try #require(value.string)
        for template in [
            "{{ x }}", "{% assign y = x %}{{ y }}", "{% capture y %}{{ x }}{% endcapture %}{{ y }}", "{% for y in x %}{{ y }}{% endfor %}",
            "{{ gone | default: x }}", "{{ '' | append: x }}", "{{ x | split: '' | join: '' }}", "{{ x | url_encode | url_decode }}",
        ] {
            #expect(try Template(parsing: template).render(["x": value], at: LiquidCase.now) == .text(text))
        }
    }
}
