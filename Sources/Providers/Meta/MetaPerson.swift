import Core
import WhatsApp

extension PhoneNumber {
    /// As Meta writes a number: digits, maybe with a plus sign and blanks between them.
    init?(metaWord text: String) {
        guard let number = PhoneNumber(digits: text) ?? PhoneNumber(text) else { return nil }
        self = number
    }
}

extension WhatsAppPerson {
    /// Whoever these words name, each a number or a business-scoped id: Meta puts the id into the number's place when the
    /// person hides the number (Meta, "Business-scoped user IDs").
    init(metaWords words: [JSONValue?], contact: JSONValue?) {
        let texts = words.compactMap { $0?.looseText }
        self.init(
            phone: texts.lazy.compactMap(PhoneNumber.init(metaWord:)).first, userID: texts.lazy.compactMap(ScopedUserID.init).first,
            name: (contact?["profile"]?["name"]?.looseText ?? contact?["profile"]?["username"]?.looseText)?.shortened(to: 200))
    }

    /// A block of `contacts`.
    init(metaContact contact: JSONValue) {
        self.init(metaWords: [contact["wa_id"], contact["user_id"]], contact: contact)
    }
}
