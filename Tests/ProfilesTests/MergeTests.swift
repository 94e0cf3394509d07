import Core
import Profiles
import Testing

struct MergeTests {
    private let early = Timestamp(seconds: 1000)
    private let late = Timestamp(seconds: 2000)
    private var profile: Profile {
        Profile(id: ProfileID(rawValue: 1), accountID: AccountID(rawValue: 1), objectID: "x", createdAt: early)
    }

    private func written(_ change: ProfileChange) throws -> Profile {
        var profile = profile
        _ = try profile.merge(change, at: late)
        return profile
    }

    @Test func `an older record only fills what is missing`() throws {
        var profile = try written(ProfileChange(email: .set("a@b.cc"), properties: ["City": .replace("Pune")]))
        let older = ProfileChange(
            email: .set("old@b.cc"), phone: .set(try #require(PhoneNumber("+14155551234"))),
            properties: ["City": .replace("Delhi"), "Plan": .replace("Gold")])
        _ = try profile.merge(older, at: early)
        #expect(profile.email == "a@b.cc")
        #expect(profile.phone?.digits == "14155551234")
        #expect(profile.properties == ["City": "Pune", "Plan": "Gold"])
        #expect(profile.writtenAt == late)
    }

    @Test func `an older record deletes nothing and its sums still count`() throws {
        var profile = try written(ProfileChange(properties: ["Visits": .increment(2), "Tags": .append(["a"]), "City": .replace("Pune")]))
        let older = ProfileChange(
            email: .delete, properties: ["Visits": .increment(3), "Tags": .append(["b"]), "City": .delete])
        _ = try profile.merge(older, at: early)
        #expect(profile.properties == ["Visits": 5, "Tags": ["a"], "City": "Pune"])
    }

    @Test func `of equal times the later record wins`() throws {
        var profile = try written(ProfileChange(properties: ["City": .replace("Pune")]))
        _ = try profile.merge(ProfileChange(properties: ["City": .replace("Delhi")]), at: late + .milliseconds(300))
        _ = try profile.merge(ProfileChange(properties: ["City": .replace("Goa")]), at: late)
        #expect(profile.properties["City"] == "Goa")
    }

    @Test func `a late opt-out counts although something newer was written`() throws {
        var profile = profile
        _ = try profile.merge(ProfileChange(consents: [.whatsApp: true]), at: early)
        _ = try profile.merge(ProfileChange(properties: ["City": .replace("Pune")]), at: late)
        let result = try profile.merge(ProfileChange(consents: [.whatsApp: false]), at: Timestamp(seconds: 1500))
        #expect(result.consents == [.whatsApp: false])
        #expect(!profile.whatsApp)
        #expect(try profile.merge(ProfileChange(consents: [.whatsApp: true]), at: Timestamp(seconds: 1200)).consents.isEmpty)
        #expect(!profile.whatsApp)
    }

    @Test func `a late opt-out counts although the opt-in was repeated after it`() throws {
        var profile = profile
        for time in [early, late] { _ = try profile.merge(ProfileChange(consents: [.whatsApp: true]), at: time) }
        #expect(profile.whatsAppSaidAt == early)
        let stop = ProfileChange(consents: [.whatsApp: false])
        #expect(try profile.merge(stop, at: Timestamp(seconds: 1500)).consents == [.whatsApp: false])
        _ = try profile.merge(stop, at: late)
        #expect(profile.whatsAppSaidAt == late)
        #expect(try profile.merge(ProfileChange(consents: [.whatsApp: true]), at: Timestamp(seconds: 1700)).consents.isEmpty)
    }

    @Test func `repeating a flag is no change`() throws {
        var profile = profile
        #expect(try profile.merge(ProfileChange(consents: [.whatsApp: false, .sms: true]), at: early).consents.isEmpty)
        #expect(try profile.merge(ProfileChange(consents: [.whatsApp: true, .sms: false]), at: early).consents.count == 2)
        #expect(try profile.merge(ProfileChange(consents: [.whatsApp: true, .sms: false]), at: late).consents.isEmpty)
        #expect(profile.properties == ["MSG-sms": false])
    }

    @Test func `the 257th custom property is left out and named`() throws {
        let custom = (0..<256).map { (String(format3($0)), PropertyChange.replace(1)) }
        var profile = try written(ProfileChange(properties: Dictionary(uniqueKeysWithValues: custom)))
        let more = ProfileChange(properties: [
            "new": .replace(1), "000": .replace(2), "Name": .replace("Asha"), "Gender": .replace("F"),
        ])
        #expect(try profile.merge(more, at: late).surplus == ["new"])
        #expect(profile.properties.count == 258)
        #expect(profile.properties["000"] == 2)
        _ = try profile.merge(ProfileChange(properties: ["001": .delete]), at: late)
        #expect(try profile.merge(ProfileChange(properties: ["new": .replace(1)]), at: late).surplus.isEmpty)
    }

    private func format3(_ number: Int) -> String { String("00\(number)".suffix(3)) }

    @Test func `a fault leaves the profile as it was`() throws {
        var profile = try written(ProfileChange(properties: ["City": .replace("Pune")]))
        let before = profile
        let change = ProfileChange(email: .set("a@b.cc"), properties: ["A": .replace(1), "City": .increment(1)])
        #expect(throws: PropertyFault(name: "City", reason: "is not a number")) { try profile.merge(change, at: late) }
        #expect(profile == before)
    }

    @Test func `properties are found by the names that rules use`() throws {
        var profile = try written(
            ProfileChange(email: .set("a@b.cc"), phone: .set(try #require(PhoneNumber("+14155551234"))), consents: [.whatsApp: true]))
        profile.identity = "7"
        let names = ["Identity", "Email", "Phone", "MSG-whatsapp", "objectId", "Name"]
        #expect(names.map(profile.property) == ["7", "a@b.cc", "+14155551234", true, "x", nil])
    }
}
