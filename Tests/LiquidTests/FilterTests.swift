import Core
import Liquid
import Testing

/// Shopify's documented examples, and what they leave open.
@Suite struct FilterTests {
    private static func print(_ output: String, _ text: String) -> LiquidCase { .init("{{ \(output) }}", text) }

    private static let texts: [LiquidCase] = [
        print("Profile.Gone | default: 'there'", "there"), print("Profile.Name | default: 'there'", "Asha"),
        print("Profile.Blank | default: 'there'", "there"), print("Profile.Empty | default: 2.99", "2.99"),
        print("Profile.No | default: 'none'", "none"), print("Profile.No | default: 'none', allow_false: true", "false"),
        print("Profile.Zero | default: 5", "0"), print("Profile.None | default: 'no'", "no"),
        print("Profile.Gone | default: Profile.Name", "Asha"), print("Profile.Gone | default: ''", ""),
        print("Profile.Gone | default: 'there' | upcase", "THERE"), print("Profile.Gone | prepend: 'Dear ' | default: 'you'", "Dear "),
        print("'Parker Moore' | upcase", "PARKER MOORE"), print("'Parker Moore' | downcase", "parker moore"),
        print("'straße' | upcase", "STRASSE"), print("Profile.Langs | upcase", "EN, MR, HI"), print("'title' | capitalize", "Title"),
        print("'my GREAT title' | capitalize", "My great title"), print("'   So much room!   ' | strip | append: '|'", "So much room!|"),
        print("' a ' | lstrip | append: '|'", "a |"), print("' a ' | rstrip | append: '|'", " a|"),
        print("Profile.Lines | strip_newlines", "abc"), print("'Ground control to Major Tom.' | truncate: 20", "Ground control to..."),
        print("'Ground control to Major Tom.' | truncate: 25, ', and so on'", "Ground control, and so on"),
        print("'Ground control to Major Tom.' | truncate: 20, ''", "Ground control to Ma"), print("'abcd' | truncate: 2", "..."),
        print("'Ground control to Major Tom.' | truncatewords: 3", "Ground control to..."),
        print("'Ground control to Major Tom.' | truncatewords: 3, '--'", "Ground control to--"),
        print("'a  b' | truncatewords: 2", "a  b"), print("'/my/fancy/url' | append: '.html'", "/my/fancy/url.html"),
        print("'apples, oranges' | prepend: 'Some fruit: '", "Some fruit: apples, oranges"), print("5 | append: 1", "51"),
        print("'Take my protein pills and put my helmet on' | replace: 'my', 'your'", "Take your protein pills and put your helmet on"),
        print("'Take my protein pills and put my' | replace_first: 'my', 'your'", "Take your protein pills and put my"),
        print("'I strained to see the train through the rain' | remove: 'rain'", "I sted to see the t through the "),
        print("'I strained to see the train' | remove_first: 'rain'", "I sted to see the train"), print("'aaa' | replace: 'aa', 'b'", "ba"),
        print("'abc' | replace: '', 'x'", "abc"), print("'a.b' | replace: '.', '$1'", "a$1b"),
        print("\"Have you read 'James & the Giant Peach'?\" | escape", "Have you read &#39;James &amp; the Giant Peach&#39;?"),
        print("'<a href=\"x\">' | escape", "&lt;a href=&quot;x&quot;&gt;"), print("'john@liquid.com' | url_encode", "john%40liquid.com"),
        print("'Tetsuro Takara/é' | url_encode", "Tetsuro+Takara%2F%C3%A9"),
        print("'%27Stop%21%27+said+Fred' | url_decode", "'Stop!' said Fred"),
        print("'100%+%zz%4' | url_decode", "100% %zz%4"), print("'a' | append: 'b' | append: 'c' | upcase", "ABC"),
        print("\"adam!\" | capitalize | prepend: \"Hello \"", "Hello Adam!"),
    ]

    @Test(arguments: texts)
    func `texts are changed`(row: LiquidCase) throws { #expect(try row.rendered == row.result) }

    private static let lists: [LiquidCase] = [
        print("'John, Paul, George' | split: ', ' | first", "John"), print("'John, Paul, George' | split: ', ' | last", "George"),
        print("'Ground control' | split: ' ' | size", "2"), print("'a,b,,' | split: ',' | size", "2"),
        print("',a' | split: ',' | size", "2"),
        print("'Liquid' | split: '' | reverse | join: ''", "diuqiL"), print("' a  b ' | split: ' ' | join: '-'", "a-b"),
        print("Profile.Langs | join: ' and '", "en and mr and hi"), print("Profile.Langs | join", "en mr hi"),
        print("Profile.Name | join: ', '", "Asha"), print("'Ground control to Major Tom.' | size", "28"),
        print("Profile.Langs | size", "3"),
        print("Profile.Points | size", "0"), print("Profile.Langs | first", "en"), print("Profile.Langs | sort | join: ', '", "en, hi, mr"),
        print("'zebra, octopus, giraffe, Sally Snake' | split: ', ' | sort | join: ', '", "Sally Snake, giraffe, octopus, zebra"),
        print("Profile.Numbers | sort | join: ' '", "1 1 2.5 3"), print("Profile.Mixed | sort | join: ' '", "1 2 a b "),
        print("'ants, bugs, bees, bugs, ants' | split: ', ' | uniq | join: ', '", "ants, bugs, bees"),
        print("'apples, oranges, peaches' | split: ', ' | reverse | join: ', '", "peaches, oranges, apples"),
        print("'Liquid' | slice: 0", "L"), print("'Liquid' | slice: 2", "q"), print("'Liquid' | slice: 2, 5", "quid"),
        print("'Liquid' | slice: -3, 2", "ui"), print("'Liquid' | slice: 9, 2", ""), print("'Liquid' | slice: -9, 2", ""),
        print("Profile.Langs | slice: 1, 2 | join: ','", "mr,hi"), print("'Liquid' | slice: 0, -1", ""),
    ]

    @Test(arguments: lists)
    func `lists are changed`(row: LiquidCase) throws { #expect(try row.rendered == row.result) }

    private static let numbers: [LiquidCase] = [
        print("4 | plus: 2", "6"), print("183.357 | plus: 12", "195.357"), print("4 | minus: 2", "2"),
        print("183.357 | minus: 12", "171.357"),
        print("3 | times: 2", "6"), print("24 | times: 7", "168"), print("183.357 | times: 12", "2200.284"),
        print("0.1 | plus: 0.2", "0.3"),
        print("16 | divided_by: 4", "4"), print("5 | divided_by: 3", "1"), print("20 | divided_by: 7", "2"),
        print("-7 | divided_by: 2", "-4"),
        print("20 | divided_by: 7.0", "2.857142857142857"), print("5 | divided_by: 2.0", "2.5"), print("3 | modulo: 2", "1"),
        print("24 | modulo: 7", "3"), print("183.357 | modulo: 12", "3.357"), print("-7 | modulo: 3", "2"), print("7 | modulo: -3", "-2"),
        print("1.2 | round", "1"), print("2.7 | round", "3"), print("183.357 | round: 2", "183.36"), print("-1.5 | round", "-2"),
        print("1.005 | round: 2", "1.01"), print("1.2 | ceil", "2"), print("2.0 | ceil", "2"), print("'3.5' | ceil", "4"),
        print("-1.2 | ceil", "-1"), print("1.2 | floor", "1"), print("183.357 | floor", "183"), print("'3.5' | floor", "3"),
        print("-17 | abs", "17"), print("4 | abs", "4"), print("'-19.86' | abs", "19.86"), print("4 | at_least: 5", "5"),
        print("4 | at_least: 3", "4"), print("4 | at_most: 5", "4"), print("4 | at_most: 3", "3"), print("Profile.Text12 | plus: 1", "13"),
        print("'12abc' | plus: 1", "13"), print("'3.5abc' | plus: 1", "4"), print("' 3.5 ' | plus: 1", "4.5"),
        print("'abc' | plus: 1", "1"), print("nil | plus: 1", "1"),
        print("Profile.Points | times: Event.price", "126"),
        print("9223372036854775807 | plus: 1", "9.223372036854776e+18"), print("5 | divided_by: 0 | default: 'none'", "none"),
        print("5.5 | modulo: 0 | default: 'none'", "none"), print("1 | divided_by: 3.0", "0.3333333333333333"),
        .init("{{ Profile.Points | divided_by: 0 }}", .missing("Profile.Points")),
        print("-9223372036854775807 | minus: 1 | abs", "9.223372036854776e+18"),
        print("100000000000000000000 | floor", "9223372036854775807"),
    ]

    @Test(arguments: numbers)
    func `numbers are changed`(row: LiquidCase) throws { #expect(try row.rendered == row.result) }
}
