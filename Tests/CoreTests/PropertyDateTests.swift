import Core
import Testing

@Suite struct PropertyDateTests {
    @Test(
        arguments: [
            ("$D_0", 0), ("$D_1700000000", 1_700_000_000), ("$D_-86400", -86_400), ("$D_253402300799", 253_402_300_799),
            ("$D_-62167219200", -62_167_219_200),
        ] as [(String, Int64)])
    func `a date is read and written`(text: String, seconds: Int64) {
        #expect(Timestamp(propertyDate: text) == Timestamp(seconds: seconds))
        #expect(Timestamp(seconds: seconds).propertyDate == text)
    }

    @Test(arguments: [
        "", "$D_", "1700000000", "$d_1700000000", "$D_+5", "$D_1.5", "$D_ 5", "$D_--5", "$D_5 ", "$D_1e9", "$D_١", "$D_253402300800",
        "$D_-62167219201", "$D_1700000000000", "$D_9999999999999", "$D_-999999999999", "$D_9223372036854775807",
        "$D_-9223372036854775808", "$D_99999999999999999999",
    ])
    func `anything else is no date, however large the number`(text: String) {
        #expect(Timestamp(propertyDate: text) == nil)
    }
}
