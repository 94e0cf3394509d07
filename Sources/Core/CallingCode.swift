/// The calling codes that the ITU has assigned, to countries and to networks and services without one (800, 881 …).
/// No code is the beginning of another. Source: "List of ITU-T Recommendation E.164 assigned country codes", annex to
/// ITU Operational Bulletin 1114 (15 December 2016), without the codes that it calls reserved or spare.
enum CallingCode {
    /// Whether an international number begins with an assigned code.
    static func isAssigned(to digits: String) -> Bool {
        (1...3).contains { length in Int(digits.prefix(length)).map(assigned.contains) ?? false }
    }

    /// By the zone, which is the first digit.
    private static let assigned = Set(
        [
            [1...1], [7...7],
            [20...20, 27...27, 211...213, 216...216, 218...218, 220...258, 260...269, 290...291, 297...299],
            [30...34, 36...36, 39...39, 350...359, 370...383, 385...387, 389...389],
            [40...41, 43...49, 420...421, 423...423],
            [51...58, 500...509, 590...599],
            [60...66, 670...670, 672...683, 685...692],
            [
                81...82, 84...84, 86...86, 800...800, 808...808, 850...850, 852...853, 855...856, 870...870, 878...878, 880...883,
                886...886, 888...888,
            ],
            [90...95, 98...98, 960...968, 970...977, 979...979, 992...996, 998...998],
        ].joined().joined())
}
