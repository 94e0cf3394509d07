import Channels
import Core
import Profiles
import Storage
import WhatsApp

/// Takes in what providers tell besides receipts and messages. All of it may be repeated.
struct NoticeBook: Sendable {
    let channels: ChannelStore
    let templates: TemplateStore
    let consent: ConsentStore
    let people: PeopleBook

    /// A person stopped or resumed marketing at WhatsApp: the consent of everyone with that address follows. To resume
    /// only takes back a stop that came the same way; it opts nobody in who never was.
    func record(_ preference: MarketingPreference, of raw: RawWebhook, in session: any SQLSession) throws {
        let profiles = try people.candidates(for: preference.person, of: raw.accountID, in: session)
        let changes = profiles.map { profile in
            ConsentChange(
                profileID: profile, granted: preference.granted, occurredAt: preference.occurredAt, source: "provider",
                evidence: preference.evidence, onlyTakesBack: preference.granted)
        }
        try consent.record(changes, account: raw.accountID, in: session)
    }

    func record(_ notice: TemplateNotice, of raw: RawWebhook, at now: Timestamp, in session: any SQLSession) throws {
        try templates.note(notice, on: raw.channelID, at: now, in: session)
        if notice.hasNewText { try channels.markStale(raw.channelID, in: session) }
    }

    func record(_ notice: ChannelNotice, of raw: RawWebhook, at now: Timestamp, in session: any SQLSession) throws {
        try channels.note(notice, on: raw.channelID, at: now, in: session)
    }

    /// Links both addresses of a person, and follows a number that moved.
    func record(_ notice: PersonNotice, of raw: RawWebhook, in session: any SQLSession) throws {
        if let former = notice.formerPhone, let phone = notice.person.phone {
            try people.profiles.moveNumber(from: former, to: phone, of: raw.accountID, in: session)
        }
        // One profile only: of several with one number nobody knows whose the id is.
        let known = WhatsAppPerson(phone: notice.person.phone, userID: notice.formerUserID ?? notice.person.userID)
        let profiles = try people.candidates(for: known, of: raw.accountID, in: session)
        guard profiles.count == 1, let profile = profiles.first else { return }
        try people.link(notice.person, to: profile, of: raw.accountID, in: session)
        guard let alias = notice.alias, alias != notice.person.phone else { return }
        try people.addresses.learn(alias.digits, .alias, of: profile, account: raw.accountID, in: session)
    }
}
