import Core
import Testing
import WhatsApp

@Suite struct IdentifierTests {
    private static let longest = String(repeating: "9", count: 128)

    @Test(arguments: ["US.90000000000000000001", "LT.a", "US.ENT.900", "US.ENT", "ZZ.aB9", "US.\(longest)", "US.ENT.\(longest)"])
    func `a business-scoped id is kept as it is`(text: String) { #expect(ScopedUserID(text)?.text == text) }

    @Test(arguments: [
        "", "US", "US.", ".900", "us.900", "U.900", "USA.900", "US.9 0", "US.9-0", "US.é", "US.900.1", "US.ent.900", "US.ENT.", "US..900",
        "US.ENT.9.0", "US.\(longest)9", "37060000001", "+37060000001", "ÜS.9", " US.900", "US.900\n", "US.900\0",
    ])
    func `anything else is none`(text: String) { #expect(ScopedUserID(text) == nil) }

    @Test(
        arguments: [
            ("1", 1), ("9223372036854775807", Int64.max), ("0", nil), ("-5", nil), ("+5", nil), ("05", nil), (" 5", nil), ("5 ", nil),
            ("", nil),
            ("m_5", nil), ("9223372036854775808", nil), ("5.0", nil), ("５", nil), (nil, nil),
        ] as [(String?, Int64?)])
    func `only the exact form of our reference is ours`(reference: String?, id: Int64?) {
        #expect(MessageID(reference: reference)?.rawValue == id)
    }

    @Test func `our reference is read as it is written`() {
        let ids = IDMaker(clock: .fixed(Timestamp(seconds: 1_793_000_000)))
        for _ in 0..<100 {
            let id: MessageID = ids.next()
            #expect(MessageID(reference: "\(id)") == id)
        }
    }

    @Test func `a person's address is the number, else the id`() {
        let (phone, user) = (PhoneNumber(digits: "37060000001"), ScopedUserID("LT.900"))
        #expect(WhatsAppPerson(phone: phone, userID: user).address == "37060000001")
        #expect(WhatsAppPerson(phone: nil, userID: user).address == "LT.900")
        #expect(WhatsAppPerson(phone: nil).address == nil)
    }

    @Test(
        arguments: [
            ("APPROVED", .approved), ("ENABLED", .approved), ("reinstated", .approved), ("Active", .approved), ("UNARCHIVED", .approved),
            ("PENDING", .pending), ("IN_REVIEW", .pending), ("SUBMITTED", .pending), ("CREATED", .pending), ("REJECTED", .rejected),
            ("FAILED", .rejected), ("PAUSED", .paused), ("LIMIT_EXCEEDED", .paused), ("DISABLED", .disabled), ("IN_APPEAL", .disabled),
            ("LOCKED", .disabled), ("ARCHIVED", .disabled), ("DELETED", .deleted), ("PENDING_DELETION", .deleted), ("FLAGGED", nil),
            ("", nil),
            ("approved ", nil), ("PENDING_SOMETHING", nil),
        ] as [(String, TemplateStanding?)])
    func `every vendor's word for where a template stands is read`(word: String, standing: TemplateStanding?) {
        #expect(TemplateStanding(vendorWord: word) == standing)
    }

    @Test(
        arguments: [
            ("GREEN", .green), ("High", .green), ("YELLOW", .yellow), ("Medium", .yellow), ("RED", .red), ("low", .red),
            ("UNKNOWN", .unknown),
            ("PENDING", .unknown), ("", .unknown), ("BLUE", nil),
        ] as [(String, TemplateQuality?)])
    func `every vendor's word for the quality is read`(word: String, quality: TemplateQuality?) {
        #expect(TemplateQuality(vendorWord: word) == quality)
    }
}
