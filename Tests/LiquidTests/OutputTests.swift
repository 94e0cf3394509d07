import Core
import Liquid
import Testing

@Suite struct OutputTests {
    private static let values: [LiquidCase] = [
        .init("", ""), .init("plain", "plain"), .init("{ } }} %} 50%", "{ } }} %} 50%"), .init("a { b", "a { b"), .init("{", "{"),
        .init("{{ Profile.Name }}", "Asha"), .init("{{Profile.Name}}", "Asha"), .init("Hi {{ Profile.Name }}!", "Hi Asha!"),
        .init("{{ Profile[\"Customer Type\"] }}", "Gold"), .init("{{ Profile['Customer Type'] }}", "Gold"),
        .init("{{ Profile[ 'Name' ] }}", "Asha"), .init("{{ Profile.Größe }}", "M"), .init("{{ page }}", "one"),
        .init("{{ Profile.Points }}", "12"), .init("{{ Profile.Rate }}", "2.5"), .init("{{ Profile.Whole }}", "3"),
        .init("{{ Profile.Yes }}{{ Profile.No }}", "truefalse"), .init("{{ Profile.Langs }}", "en, mr, hi"),
        .init("{{ Profile.Born }}", "2023-05-29 15:55:00"), .init("{{ Profile.Address.City }}", "Pune"),
        .init("{{ Profile.Address.Lines[1] }}", "Camp"), .init("{{ Profile.Langs[0] }}", "en"), .init("{{ Profile.Langs[-1] }}", "hi"),
        .init("{{ Profile.Langs.first }}{{ Profile.Langs.last }}{{ Profile.Langs.size }}", "enhi3"),
        .init("{{ Profile.Name.size }}", "4"), .init("{{ Profile.Address.size }}", "big"), .init("{{ Event.size }}", "2"),
        .init("{{ Event.items[1].name }}", "cups"), .init("{{ Event.items.first.count }}", "2"), .init("{{ Profile.Emoji.size }}", "2"),
        .init("{% assign i = 1 %}{{ Profile.Langs[i] }}", "mr"), .init("{% assign k = 'Name' %}{{ Profile[k] }}", "Asha"),
        .init("{{ 'text' }}{{ \"it's\" }}", "textit's"), .init("{{ 5 }} {{ -2.50 }} {{ 0.1 }}", "5 -2.5 0.1"), .init("{{ true }}", "true"),
        .init("{{ nil }}{{ empty }}{{ blank }}{{ '' }}", ""), .init("{{ 'a }} b' }}", "a }} b"), .init("{{ '%}' }}", "%}"),
        .init("{{ Profile.Code }}", "{{ Profile.Points }}{% abort %}"), .init("{{ '{{ Profile.Points }}' }}", "{{ Profile.Points }}"),
        .init("{{ Profile.Gone }}", .missing("Profile.Gone")), .init("{{ Profile.name }}", .missing("Profile.name")),
        .init("{{ Gone }}", .missing("Gone")), .init("{{ Profile.Null }}", .missing("Profile.Null")),
        .init("{{ Profile.Empty }}", .missing("Profile.Empty")), .init("{{ Profile.Blank }}", .missing("Profile.Blank")),
        .init("{{ Profile.None }}", .missing("Profile.None")), .init("{{ Profile }}", .missing("Profile")),
        .init("{{ Profile['Nick Name'] }}", .missing("Profile[\"Nick Name\"]")),
        .init("{{ Profile.Langs[3] }}", .missing("Profile.Langs[3]")),
        .init("{{ Profile.Name.first }}", .missing("Profile.Name.first")), .init("{{ Profile.Name[0] }}", .missing("Profile.Name[0]")),
        .init("{{ Profile.Gone.Deep[0].er }}", .missing("Profile.Gone.Deep[0].er")),
        .init("{{ Profile.Gone | append: '!' }}", .missing("Profile.Gone")),
        .init("{{ Profile.Blank | append: '!' }}", .missing("Profile.Blank")),
        .init("{{ Profile.None | size }}", "0"), .init("{% assign x = '' %}{{ x | append: '!' }}", "!"),
        .init("{{ Profile.Gone | size }}", .missing("Profile.Gone")),
        .init("{{ Profile.Name | remove: 'Asha' }}", .missing("Profile.Name")),
        .init("{% assign x = Profile.Gone %}{{ x }}", .missing("x")), .init("{% assign x = ' ' %}[{{ x }}]", "[ ]"),
        .init("{% assign Profile = 'me' %}{{ Profile }}", "me"),
    ]

    @Test(arguments: values)
    func `an output prints`(row: LiquidCase) throws { #expect(try row.rendered == row.result) }

    private static let blanks: [LiquidCase] = [
        .init("a {{- 'b' -}} c", "abc"), .init("a {{- 'b' }} c", "ab c"), .init("a {{ 'b' -}} \n c", "a bc"),
        .init("a\n{%- if true -%}\nb\n{%- endif -%}\nc", "abc"), .init("{%- assign x = 1 -%}  {{ x }}", "1"),
        .init("{{ -5 }}{{-5-}}", "-55"), .init("{{ Profile.Name-}} x", "Ashax"), .init("{%if true%}a{%endif%}", "a"),
        .init("{%- comment -%} x {%- endcomment -%} y", "y"), .init("a {%- raw -%} b {% endraw -%} c", "a b c"),
        .init("{{- ' a ' -}}", " a "),
        .init("a{%- comment -%} x {% endcomment %} b", "a b"), .init("  {{- 'x' -}}  ", "x"), .init("{{ 'a' -}}  {{- 'b' }}", "ab"),
    ]

    private static let silent: [LiquidCase] = [
        .init("{% if true %}\n{% assign x = 1 %}\n{% endif %}a", "a"), .init("{% if true %}\n{% endif %}a", "a"),
        .init("{% if true %}\n{% else %}b{% endif %}a", "\na"), .init("{% for i in (1..3) %} {% assign x = i %} {% endfor %}{{ x }}", "3"),
        .init("{% for i in (1..3) %} {% if true %} {% capture x %} a {% endcapture %} {% endif %} {% endfor %}{{ x }}", " a "),
        .init("{% if true %} {{ 'a' }} {% endif %}", " a "), .init("{% capture x %} {% endcapture %}[{{ x }}]", "[ ]"),
        .init("{% case 1 %}{% when 1 %} {% assign x = 1 %} {% else %} {% endcase %}a", "a"), .init(" {% assign x = 1 %} ", "  "),
        .init("{% for i in (1..2) %} {% break %} {% endfor %}a", " a"),
        .init("{% if false %} {% else %} {% if true %} {% endif %}{% endif %}a", "a"),
    ]

    @Test(arguments: silent)
    func `a tag with nothing but blanks inside prints nothing`(row: LiquidCase) throws { #expect(try row.rendered == row.result) }

    @Test(arguments: blanks)
    func `dashes take the blanks around a tag away`(row: LiquidCase) throws { #expect(try row.rendered == row.result) }
}
