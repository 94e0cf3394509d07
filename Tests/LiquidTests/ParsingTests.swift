import Core
import Liquid
import Testing

@Suite struct ParsingTests {
    private static let broken: [(text: String, column: Int, message: String)] = [
        ("{{", 3, "value is missing"), ("{{ }}", 4, "value is missing"), ("{{ Profile.Name", 16, "ends with }}"),
        ("{{ Profile. }}", 12, "name is missing"), ("{{ Profile.Customer Type }}", 21, "ends with }}"),
        ("{{ 'a }}", 4, "quotes does not end"),
        ("{{ Profile['a' }}", 16, "Customer Type"), ("{{ a | }}", 8, "no filter without a name. Known are: default, date"),
        ("{{ a | shout }}", 8, "no filter shout. Known are: default, date"), ("{{ a | default }}", 8, "default takes one value"),
        ("{{ a | default: 1, 2 }}", 8, "default takes one value"), ("{{ a | upcase: 1 }}", 8, "upcase takes no value"),
        ("{{ a | replace: 1 }}", 8, "replace takes 2 values"), ("{{ a | slice }}", 8, "slice takes 1 to 2 values"),
        ("{{ a | truncate: 0 }}", 8, "whole number from 1"), ("{{ a | truncate: 'x' }}", 8, "whole number from 1"),
        ("{{ a | default: b, allow_false: 1 }}", 34, "true or false"), ("{{ a b }}", 6, "ends with }}"),
        ("{{ a | append: }}", 16, "value is missing"),
        ("{{ - }}", 4, "- is no number"), ("{{ (1..2 }}", 10, "closing bracket"), ("{{ (a and b) }}", 7, "conditions take no brackets"),
        ("x{% foo %}", 2, "no tag foo. Known are: if, unless, case, for, tablerow"), ("{% %}", 1, "no tag without a name"),
        ("{% if a %}b", 1, "if is not closed; {% endif %} is missing"), ("{% if %}a{% endif %}", 7, "value is missing"),
        ("{% endif %}", 1, "endif belongs to none"), ("{% else %}", 1, "else belongs to none"),
        ("{% if a %}{% endfor %}{% endif %}", 11, "endfor belongs to none"),
        ("{% if a %}{% else %}{% elsif b %}{% endif %}", 21, "elsif belongs to none"),
        ("{% if a == %}b{% endif %}", 12, "value is missing"),
        ("{% if a and %}b{% endif %}", 13, "value is missing"), ("{% if a = b %}c{% endif %}", 9, "if does not end"),
        ("{% if a %}b{% endif x %}", 21, "endif does not end"), ("{% case a %}{% when %}b{% endcase %}", 21, "value is missing"),
        ("{% for in b %}{% endfor %}", 11, "its in is missing"), ("{% for a of b %}{% endfor %}", 10, "its in is missing"),
        ("{% for a in b limt:2 %}{% endfor %}", 15, "limt is not known"), ("{% for a in b cols:2 %}{% endfor %}", 15, "cols is not known"),
        ("{% for a in b %}", 1, "{% endfor %} is missing"), ("{% for 5 in b %}{% endfor %}", 8, "begins with a letter"),
        ("{% break %}", 1, "stands inside a for"), ("{% for i in a %}{% endfor %}{% continue %}", 29, "stands inside a for"),
        ("{% assign = 1 %}", 11, "begins with a letter"), ("{% assign a 1 %}", 13, "named as in"),
        ("{% assign a = %}", 15, "value is missing"),
        ("{% capture %}{% endcapture %}", 12, "begins with a letter"), ("{% raw %}a", 1, "{% endraw %} is missing"),
        ("{% comment %}{% endraw %}", 1, "{% endcomment %} is missing"), ("{% abort", 9, "abort does not end"),
        ("{% include 'a' %}", 1, "no tag include"),
        ("{% if a }}b{% endif %}", 9, "if does not end"), ("{{ a %}", 6, "ends with }}"), ("{{ 5. }}", 5, "ends with }}"),
        ("{{ a['' }}", 9, "Customer Type"),
    ]

    @Test(arguments: broken)
    func `what cannot be read is said with its place`(text: String, column: Int, message: String) {
        let error = #expect(throws: LiquidError.self) { try Template(parsing: text) }
        #expect(error?.line == 1 && error?.column == column)
        #expect(error?.message.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test func `the place counts lines`() {
        let error = #expect(throws: LiquidError.self) { try Template(parsing: "a\né\n {{ b | no }}") }
        #expect(error?.description.hasSuffix("(line 3, column 9)") == true)
    }

    @Test func `nesting has an end`() throws {
        func nested(_ open: String, _ close: String, _ depth: Int) -> String {
            String(repeating: open, count: depth) + "x" + String(repeating: close, count: depth)
        }
        let ifs = try Template(parsing: nested("{% if true %}", "{% endif %}", 49))
        #expect(ifs.render([:], at: LiquidCase.now) == .text("x"))
        for text in [
            nested("{% if true %}", "{% endif %}", 50), nested("{% for i in a %}", "{% endfor %}", 300), nested("{% capture a %}", "", 500),
            nested("{% case a %}{% when 1 %}", "{% endcase %}", 100),
        ] {
            let error = #expect(throws: LiquidError.self) { try Template(parsing: text) }
            #expect(error?.message.contains("more than 50 deep") == true)
        }
        for text in ["{{ " + nested("a[", "]", 2000) + " }}", "{{ " + nested("(1..", ")", 2000) + " }}"] {
            let error = #expect(throws: LiquidError.self) { try Template(parsing: text) }
            #expect(error?.message.contains("Brackets are nested") == true)
        }
    }

    @Test func `a text has at most 16 KB`() throws {
        let limit = String(repeating: "é", count: 8192)
        #expect(try Template(parsing: limit).constantText == limit)
        #expect(throws: LiquidError.self) { try Template(parsing: limit + "a") }
    }

    private static let reads: [(text: String, reads: [String])] = [
        ("plain", []), ("{{ Profile.Name }} {{ Profile.Name | upcase }}", ["Profile.Name"]), ("{{ 'Profile.Name' }}", []),
        ("{{ Profile['Customer Type'] }}{{ Event.items[0].name }}", ["Profile.Customer Type", "Event.items"]),
        ("{{ Profile.A | default: Profile.B | append: Event.C }}", ["Profile.A", "Profile.B", "Event.C"]),
        (
            "{% if Profile.A == Event.B or Profile.C %}{{ Profile.D }}{% else %}{{ Profile.E }}{% endif %}",
            ["Profile.A", "Event.B", "Profile.C", "Profile.D", "Profile.E"]
        ),
        ("{% case Profile.A %}{% when Profile.B %}{{ Profile.C }}{% endcase %}", ["Profile.A", "Profile.B", "Profile.C"]),
        (
            "{% for i in Profile.A limit: Profile.B %}{{ i }}{{ forloop.index }}{{ Event.C[i] }}{% endfor %}{{ i }}",
            ["Profile.A", "Profile.B", "Event.C", "i"]
        ),
        ("{% assign x = Profile.A %}{{ x.y }}{% capture z %}{{ Profile.B }}{% endcapture %}{{ z }}", ["Profile.A", "Profile.B"]),
        ("{{ x }}{% assign x = 1 %}{{ x }}", ["x"]), ("{{ Profile[x] }}", ["x", "Profile"]), ("{{ Profile }}{{ Profile[0] }}", ["Profile"]),
        ("{% for p in Profile %}{% endfor %}", ["Profile"]), ("{{ forloop.index }}", ["forloop.index"]),
        ("{% for i in (Profile.A..Profile.B) %}{{ tablerowloop.col }}{% endfor %}", ["Profile.A", "Profile.B", "tablerowloop.col"]),
        ("{% comment %}{{ Profile.A }}{% endcomment %}{% raw %}{{ Profile.B }}{% endraw %}", []),
        ("{% tablerow i in (1..2) cols: Profile.A %}{{ tablerowloop.col }}{% endtablerow %}", ["Profile.A"]),
    ]

    @Test(arguments: reads)
    func `what a template reads is known beforehand`(text: String, reads: [String]) throws {
        let template = try Template(parsing: text)
        #expect(template.reads.map(\.description) == reads)
        #expect(template.roots == Set(reads.map { String($0.prefix { $0 != "." }) }))
    }

    @Test func `fixed texts are known beforehand`() throws {
        let template = try Template(
            parsing: "a{% if x %}b{{ y | default: 'c' }}{% else %}d{% endif %}e{% capture z %}f{% if x %}g{% endif %}{% endcapture %}")
        #expect(template.constantText == nil)
        #expect(template.certainTexts == ["a", "e"])
        #expect(template.possibleTexts == ["b", "d"])
        #expect(template.defaults == ["c"])
        #expect(try Template(parsing: "a{% comment %}b{% endcomment %}c{% raw %}{{ d }}{% endraw %}").constantText == "ac{{ d }}")
        #expect(try Template(parsing: "").constantText == "")
        #expect(try Template(parsing: "{{ 'a' }}").constantText == nil)
        #expect(try Template(parsing: "{% assign a = 1 %}").constantText == nil)
    }
}
