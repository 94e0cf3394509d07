import Core
import Sandbox
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ControlTests {
    @Test func `the log has every request in order`() async throws {
        try await SandboxUnderTest.run { sandbox in
            _ = try await sandbox.send(["client_ref": "a"])
            _ = try await sandbox.send(["client_ref": "b", "to": "x"])
            _ = try await sandbox.send(["client_ref": "a"])
            _ = try await sandbox.send(["client_ref": "c"], authorization: nil)
            let log = try await sandbox.get("/sandbox/requests").json["requests"]?.array ?? []
            #expect(log.map { $0["number"] } == [1, 2, 3, 4])
            #expect(log.map { $0["client_ref"] } == ["a", "b", "a", "c"])
            #expect(log.map { $0["status"] } == [202, 422, 202, 401])
            #expect(log.map { $0["account"] } == ["key", "key", "key", JSONValue.null])
            #expect(log[0]["template"] == "shop:order_ready" && log[0]["parameters"] == ["Ona", "A-17"])
            #expect(log[0]["to"] == "37060000001" && log[0]["message_type"] == "template" && log[0]["lost"] == false)
            let page = try await sandbox.get("/sandbox/requests?after=1&limit=2").json["requests"]?.array ?? []
            #expect(page.map { $0["number"] } == [2, 3])
            let summary = try await sandbox.get("/sandbox/requests/summary").json
            #expect(summary["requests"] == 4 && summary["accepted"] == 2)
            #expect(summary["distinct_references"] == 1 && summary["duplicates"] == 1)
        }
    }

    @Test(
        arguments: [
            (["deliver_rat": 1], "deliver_rat"), (["read_rate": 1.5], "read_rate"), (["error_status": 200], "error_status"),
            (["shuffle": 1], "shuffle"), (["reply_texts": []], "reply_texts"), (["answer_delay_ms": -1], "answer_delay_ms"),
            (["fail_error": ["why": "x"]], "why"),
        ] as [(JSONValue, String)])
    func `a wrong behaviour is refused whole and its key named`(change: JSONValue, key: String) async throws {
        try await SandboxUnderTest.run { sandbox in
            let before = try await sandbox.get("/sandbox/behaviour").text
            let both = JSONValue.object((change.object ?? [:]).merging(["lose_answer_rate": 1]) { $1 })
            let answer = try await sandbox.post("/sandbox/behaviour", both)
            #expect(answer.status == 400)
            #expect(answer.json["error"]?["field"]?.string == key)
            #expect(try await sandbox.get("/sandbox/behaviour").text == before)
        }
    }

    @Test func `a behaviour that is read can be sent back, and keys not given stay`() async throws {
        try await SandboxUnderTest.run(["read_rate": 0.25]) { sandbox in
            let behaviour = try await sandbox.post("/sandbox/behaviour", ["error_status": 503]).json
            #expect(behaviour["read_rate"] == 0.25 && behaviour["error_status"] == 503)
            #expect(try await sandbox.post("/sandbox/behaviour", behaviour).status == 200)
            #expect(try await sandbox.get("/sandbox/behaviour").json == behaviour)
        }
    }

    @Test func `a reset forgets all but the accounts`() async throws {
        try await SandboxUnderTest.run(["deliver_delay_ms": 60_000, "error_status": 503]) { sandbox in
            _ = try await sandbox.send()
            #expect(try await sandbox.post("/sandbox/reset", [:]).status == 200)
            let summary = try await sandbox.get("/sandbox/requests/summary").json
            #expect(summary["requests"] == 0 && summary["callbacks"]?["open"] == 0)
            #expect(try await sandbox.get("/sandbox/phones").json["total"] == 0)
            #expect(try await sandbox.get("/sandbox/behaviour").json["error_status"] == 500)
            #expect(try await sandbox.send().status == 202)
        }
    }

    @Test func `shutdown waits neither for answers held back nor for callbacks`() async throws {
        try await SandboxUnderTest.run(["deliver_delay_ms": 3_600_000]) { sandbox in
            _ = try await sandbox.send()
            try await sandbox.behave(["answer_delay_ms": 3_600_000])
            try await sandbox.sendWithoutWaiting()
            while try await sandbox.get("/sandbox/requests/summary").json["requests"] != 2 { try Task.checkCancellation() }
        }
    }

    @Test(arguments: ["8090", "host:", "host:99999", ":80", ""])
    func `an address without a port is refused`(listen: String) {
        #expect(throws: SettingsError.self) { try SandboxSettings(listen: listen) }
    }

    @Test func `an IPv6 address loses its brackets`() throws {
        let settings = try SandboxSettings(listen: "[::1]:8090")
        #expect(settings.host == "::1" && settings.port == 8090)
    }
}
