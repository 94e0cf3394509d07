import Core
import Liquid
import Testing

@Suite struct TagTests {
    private static func when(_ condition: String, _ holds: Bool) -> LiquidCase {
        .init("{% if \(condition) %}yes{% else %}no{% endif %}", holds ? "yes" : "no")
    }

    private static let conditions: [LiquidCase] = [
        when("true", true), when("false", false), when("nil", false), when("0", true), when("''", true), when("Profile.Empty", true),
        when("Profile.None", true), when("Profile.Gone", false), when("Profile.No", false), when("Profile.Null", false),
        when("Gone.Deep.er", false), when("Profile.Name == 'Asha'", true), when("Profile.Name == 'asha'", false),
        when("Profile.Name != 'Asha'", false), when("Profile.Name <> 'B'", true), when("Profile.Points == 12", true),
        when("Profile.Points == 12.0", true), when("Profile.Points == '12'", false), when("Profile.Whole == 3", true),
        when("Profile.Points > 11", true), when("Profile.Points>12", false), when("Profile.Points >= 12", true),
        when("Profile.Points < 12.5", true), when("Profile.Points <= 11", false), when("Profile.Text12 > 5", false),
        when("Profile.Gone > 5", false), when("Profile.Gone < 5", false), when("nil >= nil", false), when("'b' > 'a'", true),
        when("Profile.Gone == nil", true), when("Profile.Name == null", false), when("Profile.Gone != nil", false),
        when("Profile.Empty == empty", true), when("Profile.None == empty", true), when("Profile.Blank == empty", false),
        when("Profile.Gone == empty", false), when("empty == Profile.Empty", true), when("Profile.Blank == blank", true),
        when("Profile.Gone == blank", true), when("Profile.No == blank", true), when("Profile.Name == blank", false),
        when("Profile.Name != blank", true), when("Profile.Langs == Profile.Langs", true), when("Profile.Langs != empty", true),
        when("Profile.Name contains 'sh'", true), when("Profile.Name contains 'x'", false), when("Profile.Langs contains 'mr'", true),
        when("Profile.Langs contains 'm'", false), when("Profile.Numbers contains 1.0", true), when("Profile.Gone contains 'a'", false),
        when("Profile.Points contains 1", false), when("'a12' contains 12", true), when("Profile.Name contains nil", false),
        when("Profile.Address contains 'City'", true),
        // From right to left, without precedence.
        when("true or false and false", true), when("false and false or true", false), when("true and false and false or true", false),
        when("false or true and true", true), when("true and true", true), when("Profile.Gone or Profile.Yes", true),
        when("Profile.Points > 5 and Profile.Name == 'Asha' or false", true),
    ]

    @Test(arguments: conditions)
    func `a condition holds or not`(row: LiquidCase) throws { #expect(try row.rendered == row.result) }

    private static let branches: [LiquidCase] = [
        .init("{% if false %}a{% elsif true %}b{% else %}c{% endif %}", "b"), .init("{% if false %}a{% endif %}", ""),
        .init("{% if false %}a{% elsif false %}b{% elsif true %}c{% elsif true %}d{% endif %}", "c"),
        .init("{% unless false %}a{% endunless %}", "a"), .init("{% unless true %}a{% else %}b{% endunless %}", "b"),
        .init("{% unless true %}a{% elsif true %}b{% endunless %}", "b"),
        .init("{% case Profile.Name %}{% when 'B' %}b{% when 'Asha' %}a{% else %}c{% endcase %}", "a"),
        .init("{% case Profile.Points %}{% when 1, 2 %}few{% when 11 or 12 %}many{% endcase %}", "many"),
        .init("{% case Profile.Gone %} skipped {% when 'a' %}a{% else %}none{% endcase %}", "none"),
        .init("{% case 'x' %}{% when 'a' %}a{% endcase %}", ""), .init("{% case Profile.Empty %}{% when empty %}e{% endcase %}", "e"),
        .init("{% if true %}{% if false %}a{% else %}b{% endif %}{% else %}c{% endif %}", "b"),
        .init("{% assign x = 1 %}{% if true %}{% assign x = 2 %}{% endif %}{{ x }}", "2"),
        .init("{% assign x = Profile.Name | upcase | append: '!' %}{{ x }}", "ASHA!"), .init("{% assign my-x = 1 %}{{ my-x }}", "1"),
        .init("{% capture x %}Hi {{ Profile.Name }}{% endcapture %}{{ x | upcase }}{{ x.size }}", "HI ASHA7"),
        .init("{% capture x %}{{ Profile.Gone }}{% endcapture %}", .missing("Profile.Gone")),
        .init("a{% comment %}{{ not | read }} {% if %}{% endcomment %}b", "ab"),
        .init("{% raw %}{{ a }}{% if %}{% endraw %}", "{{ a }}{% if %}"), .init("{% raw %}{% endraw %}", ""),
        .init("a{% abort %}b", .aborted), .init("{% if Profile.Points > 10 %}{% abort %}{% endif %}x", .aborted),
        .init("{% if Profile.Points < 10 %}{% abort %}{% endif %}x", "x"), .init("{% for i in (1..3) %}{% abort %}{% endfor %}", .aborted),
    ]

    @Test(arguments: branches)
    func `a tag decides what is shown`(row: LiquidCase) throws { #expect(try row.rendered == row.result) }

    private static func each(_ head: String, _ body: String, _ text: String) -> LiquidCase {
        .init("{% for i in \(head) %}\(body){% endfor %}", text)
    }

    private static let loops: [LiquidCase] = [
        each("Profile.Langs", "{{ i }} ", "en mr hi "), each("(1..5)", "{{ i }}", "12345"), each("(3..1)", "{{ i }}", ""),
        each("(1..Profile.Langs.size)", "{{ i }}", "123"), each("(1..'3')", "{{ i }}", "123"), each("(-1..1)", "{{ i }}", "-101"),
        each("(1 .. 2)", "{{ i }}", "12"), each("Profile.Langs reversed", "{{ i }}", "himren"),
        each("Profile.Langs limit:2", "{{ i }}", "enmr"),
        each("Profile.Langs limit: 1 offset: 1", "{{ i }}", "mr"), each("Profile.Langs offset:5", "{{ i }}", ""),
        each("(1..6) reversed limit: 2, offset: 1", "{{ i }}", "32"), each("(1..9000000000) limit: 2", "{{ i }}", "12"),
        each("Profile.Langs limit: Profile.Gone", "{{ i }}", "enmrhi"), each("Profile.Langs limit: 0", "{{ i }}", ""),
        each("Profile.Langs offset: -1", "{{ i }}", "enmrhi"),
        each("Profile.Langs", "{{ forloop.index }}{{ forloop.index0 }}{{ forloop.rindex }}{{ forloop.rindex0 }} ", "1032 2121 3210 "),
        each("Profile.Langs", "{{ i }}{% unless forloop.last %}, {% endunless %}", "en, mr, hi"),
        each("Profile.Langs", "{% if forloop.first %}{{ forloop.length }}{% endif %}", "3"),
        each("(1..2)", "{% for j in (1..2) %}{{ forloop.parentloop.index }}{{ forloop.index }} {% endfor %}", "11 12 21 22 "),
        each("(1..5)", "{% if i == 3 %}{% break %}{% endif %}{{ i }}", "12"),
        each("(1..5)", "{% if i == 3 %}{% continue %}{% endif %}{{ i }}", "1245"),
        each("(1..2)", "{% for j in (1..3) %}{% if j == 2 %}{% break %}{% endif %}{{ j }}{% endfor %}{{ i }} ", "11 12 "),
        each("Profile.Gone", "a{% else %}none", "none"), each("Profile.None", "a{% else %}none", "none"),
        each("Profile.Empty", "a{% else %}none", "none"), each("Profile.Name", "<{{ i }}>", "<Asha>"), each("Profile.Points", "a", ""),
        each("Event.items", "{{ i.name }}x{{ i.count }} ", "teax2 cupsx6 "),
        each("Event.items[0]", "{{ i[0] }}={{ i[1] }} ", "count=2 name=tea "),
        .init("{% assign i = 'out' %}{% for i in (1..2) %}{{ i }}{% endfor %}{{ i }}", "12out"),
        .init("{% for i in (1..2) %}{{ i }}{% endfor %}{{ i }}", .missing("i")),
        .init("{% for i in (1..2) %}{% assign n = i %}{% endfor %}{{ n }}", "2"), .init("{{ forloop.index }}", .missing("forloop.index")),
        .init("{% assign r = (1..3) %}{{ r | join: '-' }}", "1-2-3"),
        .init("{% assign words = 'a,b' | split: ',' %}{% for w in words %}[{{ w }}]{% endfor %}", "[a][b]"),
        .init(
            "{% tablerow i in (1..3) cols:2 %}{{ i }}{% endtablerow %}",
            "<tr class=\"row1\">\n<td class=\"col1\">1</td><td class=\"col2\">2</td></tr>\n"
                + "<tr class=\"row2\"><td class=\"col1\">3</td></tr>\n"),
        .init(
            "{% tablerow i in Profile.Langs limit:1 %}{{ i }}{{ tablerowloop.col }}{{ tablerowloop.row }}{% endtablerow %}",
            "<tr class=\"row1\">\n<td class=\"col1\">en11</td></tr>\n"),
    ]

    @Test(arguments: loops)
    func `a loop goes through`(row: LiquidCase) throws { #expect(try row.rendered == row.result) }
}
