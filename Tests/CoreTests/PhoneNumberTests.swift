import Core
import Testing

@Suite struct PhoneNumberTests {
    @Test(arguments: [
        ("+14155551234", "14155551234"), ("+91 98123-45678", "919812345678"), ("+49 (1512) 345.67.89", "4915123456789"),
        ("+12345678", "12345678"), ("+123456789012345", "123456789012345"), ("+1.415.555.1234", "14155551234"),
    ])
    func `an international form is read`(text: String, digits: String) {
        let number = PhoneNumber(text)
        #expect(number?.digits == digits)
        #expect(number?.description == "+" + digits)
        #expect(PhoneNumber(digits: digits) == number)
    }

    @Test(arguments: [
        "", "+", "14155551234", "004915123456789", "+1234567", "+1234567890123456", "+0123456789", "++14155551234", "+1415555+1234",
        "+1415555123a", "+14155551234 ext 5", " +14155551234", "+1415555\u{A0}1234", "+1415555\t1234", "+١٤١٥٥٥٥١٢٣٤", "+１４１５５５５１２３４",
        "+44 (0)20 7946 0958", "+49(0)1512 3456789", "+39 ( 0. )6 698 12345", "+(0)123456789", "tel:+14155551234",
        "+1" + String(repeating: " ", count: 60) + "4155551234",
    ])
    func `anything else is refused and never guessed`(text: String) {
        #expect(PhoneNumber(text) == nil)
    }

    @Test(arguments: [
        "+99912345678", "+21012345678", "+38412345678", "+42212345678", "+69912345678", "+80112345678", "+83123456789", "+87512345678",
        "+96912345678", "+97812345678", "+28123456789",
    ])
    func `a calling code that nobody has is refused, except from a provider`(text: String) {
        #expect(PhoneNumber(text) == nil)
        #expect(PhoneNumber(digits: String(text.dropFirst())) != nil)
    }

    @Test(arguments: [
        "+15550000001", "+74951234567", "+201001234567", "+27821234567", "+2119123456789", "+37060000001", "+38344123456",
        "+39066981234", "+4915123456789", "+442079460958", "+5491123456789", "+5215512345678", "+6281234567890", "+67074123456",
        "+919812345678", "+971501234567", "+9779812345678", "+998901234567", "+8801712345678", "+881612345678", "+886912345678",
    ])
    func `the calling codes of the world are taken`(text: String) {
        #expect(PhoneNumber(text)?.description == text)
    }

    @Test(arguments: ["", "+14155551234", "0123456789", "1234567", "1234567890123456", "1415555 1234", "1415555１234"])
    func `the form of providers has digits only`(digits: String) {
        #expect(PhoneNumber(digits: digits) == nil)
    }
}
