import Core
import Ingest
import Profiles
import Storage
import StorageTesting
import Testing

struct ConsentUploadTests {
    private func reachable(_ fixture: Fixture, _ identity: String) async throws -> Reachability? {
        guard let id = try await fixture.find(identity)?.id else { return nil }
        return try await fixture.engine.read { try fixture.consents.reachability(of: [id], account: fixture.account, in: $0) }[id]
    }

    @Test(arguments: TestEngine.available)
    func `consent is off, on, off and on again, with a line for each change`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let phone = try #require(PhoneNumber("+919812345678"))
        try await fixture.upload(profile("a", ["Phone": "+919812345678"]))
        #expect(try await reachable(fixture, "a") == .notOptedIn)
        #expect(try await fixture.history("a").isEmpty)
        let steps: [(JSONValue, Reachability)] = [
            ("true", .reachable(phone)), (true, .reachable(phone)), (false, .notOptedIn), ("FALSE", .notOptedIn), (true, .reachable(phone)),
        ]
        for (flag, state) in steps {
            try await fixture.upload(profile("b", ["Name": "Ben"]), profile("a", ["MSG-whatsapp": flag, "City": "Pune"]))
            #expect(try await reachable(fixture, "a") == state)
        }
        let lines = try await fixture.history("a")
        #expect(lines.map(\.granted) == [true, false, true])
        #expect(lines.allSatisfy { $0.source == "upload_api" && $0.evidence == ["record": 2, "fields": ["City", "MSG-whatsapp"]] })
    }

    @Test(arguments: TestEngine.available)
    func `changes inside one call all count`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        try await fixture.upload(
            event("a", "Signed Up"), profile("a", ["Phone": "+919812345678", "MSG-whatsapp": true]), profile("a", ["MSG-whatsapp": false]),
            profile("a", ["MSG-whatsapp": true]))
        #expect(try await fixture.history("a").map(\.granted) == [true, false, true])
        #expect(try await fixture.history("a").map { $0.evidence["record"] } == [2, 3, 4])
    }

    @Test(arguments: TestEngine.available)
    func `subscribing by number acts on everyone who has it, once`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let data: JSONValue = ["Phone": "+919812345678", "Email": "A@b.cc", "MSG-whatsapp": true]
        try await fixture.upload(profile("a", data), profile("b", data), profile("c", ["Phone": "+14155551234", "MSG-whatsapp": true]))
        let stop: JSONValue = ["type": "whatsapp", "value": "+91 98123 45678", "status": "Unsubscribe"]
        for _ in 1...2 {
            let answer = try await fixture.subscribe(stop, ["type": "email", "value": "a@b.cc", "status": "Unsubscribe"])
            #expect(answer.json == ["status": "success", "processed": 2, "unprocessed": []])
        }
        for identity in ["a", "b"] {
            #expect(try await fixture.find(identity)?.whatsApp == false)
            #expect(try await fixture.find(identity)?.properties["MSG-email"] == false)
            #expect(try await fixture.history(identity).map(\.source) == ["upload_api", "subscribe_api", "subscribe_api"])
            #expect(
                try await fixture.occurrences("Channel Unsubscribed", identity).map(\.properties) == [
                    ["Type": "WhatsApp", "Identity": "+919812345678"], ["Type": "Email", "Identity": "a@b.cc"],
                ])
        }
        #expect(try await fixture.find("c")?.whatsApp == true)
        _ = try await fixture.subscribe(["type": "whatsapp", "value": "+919812345678", "status": "Resubscribe"])
        #expect(try await fixture.find("b")?.whatsApp == true)
        #expect(try await fixture.summary("b")["Channel Subscribed"]?.count == 1)
    }

    @Test(arguments: TestEngine.available)
    func `resubscribing opts nobody in who did not, and says so`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        func entry(_ status: JSONValue) -> JSONValue { ["type": "whatsapp", "value": "+919812345678", "status": status] }
        try await fixture.upload(profile("never", ["Phone": "+919812345678"]))
        let answer = try await fixture.subscribe(entry("Resubscribe"))
        #expect(answer.status == "success" && answer.processed == 1 && answer.notes.map(\.field) == ["status"])
        let left = profile("left", ["Phone": "+919812345678", "MSG-whatsapp": true])
        try await fixture.upload(left, profile("left", ["MSG-whatsapp": false]))
        _ = try await fixture.subscribe(entry("Unsubscribe"), entry("Resubscribe"))
        for identity in ["never", "left"] { #expect(try await fixture.find(identity)?.whatsApp == false) }
        try await fixture.upload(profile("on", ["Phone": "+919812345678", "MSG-whatsapp": true]))
        #expect(try await fixture.subscribe(entry("Unsubscribe"), entry("Resubscribe"), entry("Resubscribe")).processed == 3)
        #expect(try await fixture.find("on")?.whatsApp == true)
        #expect(try await fixture.history("on").map(\.granted) == [true, false, true])
        #expect(try await fixture.find("never")?.whatsApp == false)
    }

    @Test(arguments: TestEngine.available)
    func `an upload that ends and renews an opt-in raises events`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        for flag in [true, false, true] as [JSONValue] {
            try await fixture.upload(profile("a", ["Phone": "+919812345678", "MSG-whatsapp": flag]))
        }
        for name in ["Channel Unsubscribed", "Channel Subscribed"] {
            #expect(
                try await fixture.occurrences(name, "a") == [
                    Occurrence(occurredAt: Fixture.now, properties: ["Type": "WhatsApp", "Identity": "+919812345678"])
                ])
        }
    }

    @Test(arguments: TestEngine.available)
    func `wrong entries are refused alone and a number nobody has is noted`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        try await fixture.upload(profile("a", ["Phone": "+919812345678"]))
        func entry(_ type: JSONValue, _ value: JSONValue, _ status: JSONValue) -> JSONValue {
            ["type": type, "value": value, "status": status]
        }
        let answer = try await fixture.subscribe(
            entry("whatsapp", "9812345678", "Unsubscribe"), entry("email", "x", "Unsubscribe"),
            entry("fax", "+919812345678", "Unsubscribe"),
            entry("phone", "+919812345678", "stop"), entry("phone", "+919812345678", "Unsubscribe"),
            entry("phone", "+14155551234", "Unsubscribe"), 5)
        #expect(answer.status == "partial" && answer.processed == 2)
        #expect(answer.unprocessed.map(\.code) == [516, 515, 512, 512, 512])
        #expect(answer.unprocessed.map(\.error.last) == ["1", "2", "3", "4", "7"])
        #expect(answer.notes.map(\.record) == [6])
        #expect(try await fixture.find("a")?.properties == ["MSG-sms": false])
    }

    @Test(arguments: TestEngine.available)
    func `a number can be shut for everyone`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let data: JSONValue = ["Phone": "+919812345678", "MSG-whatsapp": true]
        try await fixture.upload(profile("a", data), profile("b", data))
        try await fixture.upload(profile("a", ["MSG-dndWhatsApp": true]))
        #expect(try await reachable(fixture, "b") == .numberBlocked)
        try await fixture.upload(profile("b", ["MSG-dndWhatsApp": "false"]))
        #expect(try await reachable(fixture, "a") != .numberBlocked)
        #expect(try await fixture.upload(profile("c", ["MSG-dndWhatsApp": true])).notes.map(\.field) == ["MSG-dndWhatsApp"])
    }
}
