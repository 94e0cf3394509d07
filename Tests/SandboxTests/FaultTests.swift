import Core
import HTTPTypes
import Testing

/// What the behaviour can make go wrong with every vendor.
@Suite(.timeLimit(.minutes(2)))
struct FaultTests {
    /// With an account of each vendor.
    private func run(
        _ behaviour: JSONValue = [:], clock: WallClock = .system, _ body: @escaping @Sendable (SandboxUnderTest) async throws -> Void
    ) async throws {
        try await SandboxUnderTest.run(clock: clock) { sandbox in
            try await sandbox.openMeta()
            try await sandbox.openGupshup()
            try await sandbox.openEnterprise()
            try await sandbox.openGeneric()
            try await sandbox.behave(behaviour)
            try await body(sandbox)
        }
    }

    @Test func `expired credentials are refused in every vendor's words`() async throws {
        try await run(["token_expired": true]) { sandbox in
            let vonage = try await sandbox.send()
            #expect(vonage.status == 401 && vonage.json["type"]?.string?.hasSuffix("jwt-expired") == true)
            let meta = try await sandbox.meta()
            #expect(meta.status == 401 && meta.json["error"]?["code"] == 190 && meta.json["error"]?["error_subcode"] == 463)
            #expect(try await sandbox.gupshup().status == 401)
            #expect(try await sandbox.enterprise().json["response"]?["id"] == "102")
            #expect(try await sandbox.generic().json["error"]?["code"] == 2000)
            #expect(try await sandbox.get("/v25.0/7001", bearer: "token").status == 401)
        }
    }

    static let refusals: [(code: JSONValue, vonage: Int, meta: Int, gupshup: Int)] = [
        (131_056, 422, 400, 400), (130_429, 422, 429, 400), (131_048, 422, 400, 400), (131_031, 422, 403, 400), ("1120", 422, 400, 400),
        ("low-balance", 402, 500, 400), (429, 422, 400, 429),
    ]

    @Test func `a code that is asked for comes at once`() async throws {
        try await run(["refuse_rate": 1, "refuse_code": 1]) { sandbox in
            for refusal in Self.refusals {
                try await sandbox.behave(["refuse_code": refusal.code])
                let text = refusal.code.string ?? refusal.code.int.map(String.init) ?? ""
                let vonage = try await sandbox.send()
                #expect(vonage.status == refusal.vonage && vonage.json["type"]?.string?.hasSuffix("#\(text)") == true)
                let meta = try await sandbox.meta()
                #expect(meta.status == refusal.meta, "\(meta.text)")
                if let code = refusal.code.int { #expect(meta.json["error"]?["code"]?.int == code) }
                #expect(try await sandbox.gupshup().status == refusal.gupshup)
                #expect(try await sandbox.enterprise().json["response"]?["id"]?.string == text)
                #expect(try await sandbox.generic().json["status"] == "failure")
            }
            #expect(try await sandbox.get("/sandbox/requests/summary").json["accepted"] == 0)
            try await sandbox.behave(["refuse_code": nil])
            #expect(try await sandbox.meta().status == 200)
        }
    }

    @Test func `a status that is asked for has every vendor's shape`() async throws {
        try await run(["error_rate": 1, "error_status": 503]) { sandbox in
            #expect(try await sandbox.meta().json["error"]?["code"] == 131_016)
            #expect(try await sandbox.gupshup().json["status"] == "error")
            let gateway = try await sandbox.enterprise()
            #expect(gateway.status == 503 && gateway.type == "text/plain")
            #expect(try await sandbox.generic().status == 503)
            try await sandbox.behave(["error_status": 401])
            let statuses = [
                try await sandbox.meta(), try await sandbox.gupshup(), try await sandbox.enterprise(), try await sandbox.generic(),
            ]
            #expect(statuses.map(\.status) == [401, 401, 200, 200])
        }
    }

    @Test func `a limit asks to wait when told so`() async throws {
        try await run(["rate_limit_per_second": 1], clock: .fixed(Timestamp(seconds: 1_800_000_000))) { sandbox in
            #expect(try await sandbox.meta().status == 200)
            let plain = try await sandbox.meta()
            #expect(plain.status == 429 && plain.json["error"]?["code"] == 130_429 && plain.headers[.retryAfter] == nil)
            try await sandbox.behave(["retry_after_s": 7])
            #expect(try await sandbox.meta().headers[.retryAfter] == "7")
            #expect(try await sandbox.gupshup().status == 202)
            #expect(try await sandbox.gupshup().headers[.retryAfter] == "7")
            #expect(try await sandbox.generic().headers[.retryAfter] == nil)
            #expect(try await sandbox.generic().status == 429)
            #expect(try await sandbox.enterprise().json["response"]?["status"] == "success")
            #expect(try await sandbox.enterprise().json["response"]?["details"]?.string?.contains("later") == true)
        }
    }

    /// What a failed status of each vendor says.
    private func failures(_ sandbox: SandboxUnderTest) async throws -> [String: String?] {
        _ = try await sandbox.send()
        _ = try await sandbox.meta(SandboxUnderTest.metaTemplate())
        _ = try await sandbox.gupshup(template: true)
        _ = try await sandbox.enterprise()
        _ = try await sandbox.generic()
        try await sandbox.settle()
        var found: [String: String?] = [:]
        for callback in sandbox.receiver.got {
            let json = callback.json
            let report = callback.form["response"].flatMap { try? JSONValue(parsing: $0) }?.array?.first
            let status = json["entry"]?.array?.first?["changes"]?.array?.first?["value"]?["statuses"]?.array?.first
            if let error = json["error"] { found["vonage"] = "\(error["title"]?.string ?? "") \(error["detail"]?.string ?? "")" }
            if let error = status?["errors"]?.array?.first { found["meta"] = error["code"]?.int.map(String.init) }
            if json["payload"]?["type"] == "failed" { found["gupshup"] = json["payload"]?["payload"]?["code"]?.int.map(String.init) }
            if report?["eventType"] == "FAILED" { found["enterprise"] = report?["cause"]?.string }
            if let error = json["statuses"]?.array?.first?["error"] { found["generic"] = error["code"]?.int.map(String.init) }
        }
        return found
    }

    static let mishaps: [(key: String, vonage: String, meta: String, gupshup: String, enterprise: String, generic: String)] = [
        ("unreachable_rate", "1300", "131026", "1002", "NOT EXIST", "1003"), ("opt_out_rate", "1240", "131050", "1012", "OPTED", "1006"),
        ("marketing_cap_rate", "131049", "131049", "131049", "131049", "1010"),
    ]

    @Test func `each mishap has every vendor's code`() async throws {
        for mishap in Self.mishaps {
            try await run([mishap.key: 1]) { sandbox in
                let found = try await failures(sandbox)
                #expect(found["vonage"]??.contains(mishap.vonage) == true)
                #expect(found["meta"] == mishap.meta && found["gupshup"] == mishap.gupshup && found["generic"] == mishap.generic)
                #expect(found["enterprise"]??.contains(mishap.enterprise) == true)
            }
        }
    }

    @Test func `a message's code of failure may be chosen, and the cap is for templates`() async throws {
        try await run(["undeliverable_rate": 1, "fail_code": 470]) { sandbox in
            let found = try await failures(sandbox)
            #expect(found["vonage"]??.hasPrefix("470 ") == true)
            #expect(
                found["meta"] == "470" && found["gupshup"] == "470" && found["generic"] == "470" && found["enterprise"] == "FAILED AS TOLD")
        }
        try await run(["marketing_cap_rate": 1]) { sandbox in
            _ = try await sandbox.meta()
            try await sandbox.settle()
            #expect(sandbox.receiver.got.allSatisfy { !$0.text.contains("131049") } && sandbox.receiver.got.count == 3)
        }
    }

    @Test func `a burst to one person ends, and others go on`() async throws {
        try await run(["pair_limit_seconds": 6], clock: .fixed(Timestamp(seconds: 1_800_000_000))) { sandbox in
            for _ in 0..<10 { #expect(try await sandbox.meta().status == 200) }
            #expect(try await sandbox.meta().json["error"]?["code"] == 131_056)
            #expect(try await sandbox.meta(["to": "37060000002"]).status == 200)
            for _ in 0..<10 { #expect(try await sandbox.gupshup().status == 202) }
            #expect(try await sandbox.gupshup().status == 429)
            for _ in 0..<11 { #expect(try await sandbox.send().status == 202) }
            try await sandbox.settle()
            let rejected = sandbox.receiver.got.filter { $0.status == "rejected" }
            #expect(rejected.count == 1 && rejected.first?.json["error"]?["title"] == "1241")
        }
    }

    @Test func `a day has only so many persons`() async throws {
        try await run(["tier_limit": 2], clock: .fixed(Timestamp(seconds: 1_800_000_000))) { sandbox in
            for number in [1, 2, 1] { #expect(try await sandbox.meta(["to": .string("3706000000\(number)")]).status == 200) }
            let third = try await sandbox.meta(["to": "37060000003"])
            #expect(third.status == 400 && third.json["error"]?["code"] == 131_048)
            #expect(try await sandbox.meta(["to": "37060000002"]).status == 200)
        }
    }

    @Test func `people answer every vendor, and every callback may come twice`() async throws {
        try await run(["reply_rate": 1, "quote_rate": 1, "duplicate_rate": 1, "reply_texts": ["Ačiū"]]) { sandbox in
            _ = try await failures(sandbox)
            let paths = Dictionary(grouping: sandbox.receiver.got, by: \.path).mapValues(\.count)
            // Three statuses of each vendor, one more of Gupshup's, and a reply to each; all twice.
            #expect(paths == ["/status": 32, "/inbound": 10])
            let different = Set(sandbox.receiver.got.map(\.bytes))
            #expect(different.count == 21)
        }
    }

    @Test func `a status may come under an id that nobody was told`() async throws {
        try await run(["second_id_rate": 1]) { sandbox in
            let id = try await sandbox.meta().json["messages"]?.array?.first?["id"]
            try await sandbox.settle()
            let statuses = sandbox.receiver.got.map {
                $0.json["entry"]?.array?.first?["changes"]?.array?.first?["value"]?["statuses"]?.array?.first
            }
            #expect(statuses.count == 3 && Set(statuses.map { $0?["id"] }).count == 1)
            #expect(statuses.allSatisfy { $0?["id"] != id && $0?["biz_opaque_callback_data"] == "m1" })
        }
    }

    @Test func `late callbacks keep their time stamps`() async throws {
        try await run(["late_callbacks_ms": 40], clock: .fixed(Timestamp(seconds: 1_800_000_000))) { sandbox in
            let start = ContinuousClock.now
            _ = try await sandbox.send()
            try await sandbox.settle()
            #expect(ContinuousClock.now - start >= .milliseconds(40))
            #expect(sandbox.receiver.got.allSatisfy { $0.json["timestamp"]?.string?.hasSuffix("00.000Z") == true })
        }
    }

    @Test(
        arguments: [
            (["answer_fault": "odd"], "answer_fault"), (["answer_fault_rate": 2], "answer_fault_rate"),
            (["retry_after_s": -1], "retry_after_s"),
            (["answer_fault_takes": 1], "answer_fault_takes"), (["refuse_code": [:]], "refuse_code"),
            (["token_expired": "yes"], "token_expired"),
            (["pair_limit_seconds": 1.5], "pair_limit_seconds"), (["tier_limit": -1], "tier_limit"),
            (["unreachable_rate": -0.1], "unreachable_rate"),
            (["redirect_to": ""], "redirect_to"), (["fail_code": ""], "fail_code"), (["late_callbacks_ms": 9_999_999], "late_callbacks_ms"),
        ] as [(JSONValue, String)])
    func `a wrong fault is refused and its key named`(change: JSONValue, key: String) async throws {
        try await SandboxUnderTest.run { sandbox in
            let answer = try await sandbox.post("/sandbox/behaviour", change)
            #expect(answer.status == 400 && answer.json["error"]?["field"]?.string == key)
        }
    }
}
