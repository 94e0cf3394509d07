import Core
import Profiles
import Storage
import StorageTesting
import Testing

struct ProfileStoreTests {
    @Test(arguments: TestEngine.available)
    func `everything of a profile comes back`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let phone = try #require(PhoneNumber("+919812345678"))
        try await fixture.apply(
            .profile(
                [.identity: "a"],
                ProfileChange(
                    email: .set("Asha@Example.com"), phone: .set(phone), consents: [.whatsApp: true, .sms: false],
                    properties: [
                        "Name": .replace("Asha \u{1F600} \"quoted\""), "Score": .replace(1.5), "Whole": .replace(.double(3)),
                        "VIP": .replace(true),
                        "Tags": .append(["x", "y"]),
                    ])))
        let profile = try #require(try await fixture.find("a"))
        #expect(profile.email == "Asha@Example.com" && profile.phone == phone && profile.whatsApp)
        #expect(
            profile.properties == [
                "Name": "Asha \u{1F600} \"quoted\"", "Score": 1.5, "Whole": .double(3), "VIP": true, "Tags": ["x", "y"], "MSG-sms": false,
            ])
        #expect(profile.whatsAppSaidAt == Fixture.now && profile.writtenAt == Fixture.now && profile.createdAt == Fixture.now)
    }

    @Test(arguments: TestEngine.available)
    func `pages go through everyone in id order`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let records = (1...7).map { ProfileRecord.profile([.identity: "p\($0)"], ProfileChange()) }
        _ = try await fixture.engine.write { try fixture.profiles.apply(records, to: fixture.account, source: "test", in: $0) }
        try await fixture.engine.read { session throws in
            var (seen, after): ([String?], ProfileID?) = ([], nil)
            while true {
                let page = try fixture.profiles.page(of: fixture.account, after: after, upTo: 3, in: session)
                seen += page.map(\.identity)
                guard page.count == 3, let last = page.last else { break }
                after = last.id
            }
            #expect(seen == (1...7).map { "p\($0)" })
        }
    }

    @Test(arguments: TestEngine.available)
    func `several people may share a number and an address`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let phone = try #require(PhoneNumber("+919812345678"))
        let shared = ProfileChange(email: .set("A@b.cc"), phone: .set(phone))
        try await fixture.apply(
            .profile([.identity: "a"], shared), .profile([.identity: "b"], shared), .profile([.identity: "c"], ProfileChange()))
        try await fixture.engine.read { session throws in
            let ids = [1, 2].map { ProfileID(rawValue: $0) }
            #expect(try fixture.profiles.withPhone(phone, of: fixture.account, in: session) == ids)
            #expect(try fixture.profiles.withPhones([phone], of: fixture.account, in: session) == [phone: ids])
            #expect(try fixture.profiles.withEmail("a@B.cc", of: fixture.account, in: session) == ids)
            #expect(try fixture.profiles.find(.email("a@b.CC"), of: fixture.account, in: session)?.identity == "a")
            #expect(try fixture.profiles.find(.email("a\0"), of: fixture.account, in: session) == nil)
            #expect(try fixture.profiles.find(.identity("a\0"), of: fixture.account, in: session) == nil)
        }
    }

    @Test(arguments: TestEngine.available)
    func `a trial finds the same outcomes and stores nothing`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        try await fixture.apply(.profile([.identity: "a"], ProfileChange(properties: ["City": .replace("Pune")])))
        let before = try await fixture.find("a")
        let records = [
            ProfileRecord.profile([.identity: "a"], ProfileChange(properties: ["City": .increment(1)])),
            try .event([.identity: "b"], "Viewed"),
        ]
        let outcomes = try await fixture.engine.read {
            try fixture.profiles.apply(records, to: fixture.account, source: "test", storing: false, in: $0)
        }
        #expect(outcomes == [.refused(.property(PropertyFault(name: "City", reason: "is not a number"))), .stored([])])
        #expect(try await fixture.find("a") == before)
        #expect(try await fixture.profiles.count(of: fixture.account) == 1)
    }
}
