import Core
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import Sandbox

/// Answers that go wrong after the message was taken, or instead.
@Suite(.timeLimit(.minutes(2)))
struct AnswerFaultTests {
    private func run(_ fault: String, _ body: @escaping @Sendable (SandboxUnderTest) async throws -> Void) async throws {
        try await SandboxUnderTest.run(["answer_fault": .string(fault)]) { sandbox in
            try await sandbox.openMeta()
            try await body(sandbox)
            try await sandbox.settle()
        }
    }

    private func accepted(_ sandbox: SandboxUnderTest) async throws -> Int64? {
        try await sandbox.get("/sandbox/requests/summary").json["accepted"]?.int
    }

    @Test func `a gateway's page comes with the status of success`() async throws {
        try await run("html") { sandbox in
            let answer = try await sandbox.meta()
            #expect(answer.status == 200 && answer.type?.hasPrefix("text/html") == true && answer.text.hasPrefix("<!doctype"))
            #expect(try await sandbox.send().status == 202)
            #expect(try await accepted(sandbox) == 2)
            #expect(try await sandbox.log().map { $0["answer_fault"] } == ["html", "html"])
        }
    }

    @Test func `a blind repetition shows as a duplicate`() async throws {
        try await run("empty") { sandbox in
            for _ in 0..<2 {
                let answer = try await sandbox.meta()
                #expect(answer.status == 200 && answer.text.isEmpty)
            }
            #expect(try await sandbox.get("/sandbox/requests/summary").json["duplicates"] == 1)
        }
    }

    @Test func `half of the body is no JSON`() async throws {
        try await run("truncated") { sandbox in
            let answer = try await sandbox.meta()
            #expect(answer.status == 200 && answer.text.hasPrefix("{") && answer.json == .null)
            #expect(try await accepted(sandbox) == 1)
        }
    }

    @Test func `an error and a redirection take no message unless told`() async throws {
        try await run("error_in_200") { sandbox in
            let error = try await sandbox.meta()
            #expect(error.status == 200 && error.json["error"]?["code"] != nil)
            try await sandbox.behave(["answer_fault": "redirect", "redirect_to": "https://other.example/x"])
            let redirect = try await sandbox.meta()
            #expect(redirect.status == 307 && redirect.location == "https://other.example/x")
            #expect(try await accepted(sandbox) == 0)
            #expect(try await sandbox.log().map { $0["status"] } == [200, 307])
            try await sandbox.behave(["answer_fault_takes": true])
            #expect(try await sandbox.meta().status == 307)
            try await sandbox.behave(["answer_fault": "error_in_200"])
            #expect(try await sandbox.meta().json["error"] != nil)
            #expect(try await accepted(sandbox) == 2)
            try await sandbox.behave(["answer_fault": "html", "answer_fault_takes": false])
            #expect(try await sandbox.meta().type?.hasPrefix("text/html") == true)
            #expect(try await accepted(sandbox) == 2)
        }
    }

    @Test(arguments: ["reset", "hang_up", "wrong_length"])
    func `a connection that breaks is a message taken`(fault: String) async throws {
        try await run(fault) { sandbox in
            await #expect(throws: (any Error).self) { try await sandbox.meta() }
            let (count, line) = (try await accepted(sandbox), try await sandbox.log().first)
            #expect(count == 1 && line?["lost"] == .bool(fault != "wrong_length"))
        }
    }

    @Test func `an answer may drip`() async throws {
        try await run("slow_drip") { sandbox in
            let body = JSONValue.object([
                "messaging_product": "whatsapp", "to": "37060000001", "type": "text", "text": ["body": "Hello"],
            ])
            let headers: HTTPFields = [.contentType: "application/json", .authorization: "Bearer token"]
            let request = TestClient.Request("/v25.0/7001/messages", method: .post, headers: headers, body: ByteBuffer(bytes: body.bytes))
            try await TestClient.withClient(host: "127.0.0.1", port: sandbox.port) { try await $0.executeAndDontWaitForResponse(request) }
            while try await accepted(sandbox) != 1 { try Task.checkCancellation() }
            #expect(try await sandbox.log().first?["answer_fault"] == "slow_drip")
        }
    }

    @Test func `a huge answer has 8 MiB`() async throws {
        try await run("huge") { sandbox in
            let answer = try await sandbox.meta()
            #expect(answer.status == 200 && answer.bytes.count > 8 << 20)
            #expect(answer.bytes.first == UInt8(ascii: "{") && answer.bytes.last == UInt8(ascii: "}"))
        }
    }

    @Test func `a bomb is small and says what it becomes`() async throws {
        try await run("gzip_bomb") { sandbox in
            let answer = try await sandbox.meta()
            #expect(answer.status == 200 && answer.headers[.contentEncoding] == "gzip")
            #expect(answer.bytes.count < 200_000 && Array(answer.bytes.prefix(3)) == [0x1F, 0x8B, 8])
            let size = answer.bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            #expect(size == GzipBomb.unpackedCount && size > 16_700_000)
        }
    }

    @Test func `a rate of 0 spoils nothing`() async throws {
        try await run("html") { sandbox in
            try await sandbox.behave(["answer_fault_rate": 0])
            #expect(try await sandbox.meta().json["messages"] != nil)
            #expect(try await sandbox.log().first?["answer_fault"] == "none")
        }
    }
}
